using System.Text.RegularExpressions;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Templates.Selectors;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>
/// A matcher that can be applied to series at hand and gives exactly Prometheus' answer. Prometheus reads expressions as RE2 does; only those are taken that RE2 and .NET read alike, for values that
/// both take apart alike.
/// </summary>
internal sealed partial class LabelFilter
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);
    private readonly LabelMatcher _matcher;
    private readonly Regex? _pattern;

    private LabelFilter(LabelMatcher matcher, Regex? pattern) => (_matcher, _pattern) = (matcher, pattern);

    /// <summary>The filter of a matcher; null where its answers could differ from Prometheus'.</summary>
    public static LabelFilter? TryCreate(LabelMatcher matcher)
    {
        if (matcher.Operator is MatchOperator.Equal or MatchOperator.NotEqual) return new LabelFilter(matcher, null);
        if (!Portable().IsMatch(matcher.Value)) return null;
        try
        {
            // Not RegexOptions.NonBacktracking, which takes a millisecond to make one; what takes too long to match is asked for on its own.
            return new LabelFilter(matcher, new Regex($@"\A(?:{matcher.Value})\z", RegexOptions.CultureInvariant, Limit));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether a series matches; null where that can't be told for certain.</summary>
    public bool? Matches(RawSeries series)
    {
        var value = series.Label(_matcher.Label);
        var isEqual = string.Equals(value, _matcher.Value, StringComparison.Ordinal);
        return _matcher.Operator switch
        {
            MatchOperator.Equal => isEqual,
            MatchOperator.NotEqual => !isEqual,
            MatchOperator.Matches => IsLike(value),
            _ => !IsLike(value),
        };
    }

    // Beyond ASCII a letter may be two to .NET, and \w another set; whether . takes a line's end depends on Prometheus' version.
    private bool? IsLike(string value)
    {
        foreach (var letter in value)
        {
            if (letter is < ' ' or > '~') return null;
        }

        try
        {
            return _pattern!.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    /// <summary>
    /// Plain letters, <c>. * + ? |</c>, <c>{5}</c> up to 99, escaped signs, <c>\d \w \s</c>, simple classes and groups: of these RE2 (https://github.com/google/re2/wiki/Syntax) and .NET say the same. What only one of them
    /// can read is refused by it.
    /// </summary>
    [GeneratedRegex("""^(?:[A-Za-z0-9_ .:/@,=~!#%&'"<>;`*+?|-]|\\[dDwWsS!-/:-@\[-^`{-~]|\[\^?(?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9_.:/@ ])+-?\]|\{[0-9]{1,2}(?:,[0-9]{0,2})?\}|(?<open>\()(?:\?:|(?!\?))|(?<-open>\)))*(?(open)(?!))\z""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Portable();
}
