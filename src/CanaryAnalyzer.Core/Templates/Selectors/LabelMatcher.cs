using System.Text.RegularExpressions;

namespace CanaryAnalyzer.Core.Templates.Selectors;

/// <summary>One condition on a label in a PromQL selector, such as <c>code=~"5.."</c>.</summary>
/// <param name="Label">The label's name.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="Value">With what, without quotes and escapes.</param>
public sealed record LabelMatcher(string Label, MatchOperator Operator, string Value)
{
    /// <summary>
    /// Whether only series that have the label match: PromQL takes a missing label for the empty text. An expression that can't be read here is taken to need it, as most do.
    /// </summary>
    public bool NeedsLabel => Operator switch
    {
        MatchOperator.Equal => Value.Length > 0,
        MatchOperator.NotEqual => Value.Length == 0,
        MatchOperator.Matches => MatchesEmpty() is not true,
        _ => MatchesEmpty() is true,
    };

    /// <summary>The matcher as PromQL, its value in double quotes.</summary>
    public override string ToString() => SelectorText.Name(Label) + Symbol(Operator) + SelectorText.Quote(Value);

    /// <summary>A matcher that takes exactly these values.</summary>
    /// <param name="label">The label's name.</param>
    /// <param name="values">The values as they are, no expressions.</param>
    public static LabelMatcher OneOf(string label, params IEnumerable<string> values) => new(label, MatchOperator.Matches, string.Join('|', values.Select(SelectorText.Literal)));

    private bool? MatchesEmpty()
    {
        try
        {
            return Regex.IsMatch("", $"^(?:{Value})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static string Symbol(MatchOperator matchOperator) => matchOperator switch
    {
        MatchOperator.Equal => "=",
        MatchOperator.NotEqual => "!=",
        MatchOperator.Matches => "=~",
        _ => "!~",
    };
}
