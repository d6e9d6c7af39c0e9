namespace CanaryAnalyzer.Core.Templates.Selectors;

/// <summary>One condition on a label in a PromQL selector, such as <c>code=~"5.."</c>.</summary>
/// <param name="Label">The label's name.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="Value">With what, without quotes and escapes.</param>
public sealed record LabelMatcher(string Label, MatchOperator Operator, string Value)
{
    /// <summary>The matcher as PromQL, its value in double quotes.</summary>
    public override string ToString() => SelectorText.Name(Label) + Symbol(Operator) + SelectorText.Quote(Value);

    /// <summary>A matcher that takes exactly these values.</summary>
    /// <param name="label">The label's name.</param>
    /// <param name="values">The values as they are, no expressions.</param>
    public static LabelMatcher OneOf(string label, params IEnumerable<string> values) => new(label, MatchOperator.Matches, string.Join('|', values.Select(SelectorText.Literal)));

    private static string Symbol(MatchOperator matchOperator) => matchOperator switch
    {
        MatchOperator.Equal => "=",
        MatchOperator.NotEqual => "!=",
        MatchOperator.Matches => "=~",
        _ => "!~",
    };
}
