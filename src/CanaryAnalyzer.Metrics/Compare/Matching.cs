using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Templates.Selectors;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>Matchers on series that are at hand, as Prometheus would apply them.</summary>
internal static class Matching
{
    public static bool All(RawSeries series, ImmutableArray<LabelMatcher> matchers) => matchers.All(matcher => One(series, matcher));

    /// <summary>Whether a series fits; a label that it lacks is empty.</summary>
    public static bool One(RawSeries series, LabelMatcher matcher)
    {
        var value = series.Labels.GetValueOrDefault(matcher.Label, "");
        return matcher.Operator switch
        {
            MatchOperator.Equal => value == matcher.Value,
            MatchOperator.NotEqual => value != matcher.Value,
            MatchOperator.Matches => Pattern(value, matcher.Value),
            _ => !Pattern(value, matcher.Value),
        };
    }

    /// <summary>Whether a pattern takes the whole value; false where it is no expression.</summary>
    public static bool Pattern(string value, string pattern)
    {
        try
        {
            return Regex.IsMatch(value, $"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
