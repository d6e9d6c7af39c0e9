namespace CanaryAnalyzer.Core.Expressions;

/// <summary>Tells expressions that can never be true or false, before they are evaluated.</summary>
internal static class ResultKind
{
    private static readonly string[] GiveNumbers =
    [
        "asInt", "asFloat", "int", "float", "len", "abs", "ceil", "floor", "round", "mean", "median", "sum", "count", "indexOf", "lastIndexOf", "findIndex", "findLastIndex",
    ];

    private static readonly string[] GiveOthers = ["string", "type", "toJSON", "trim", "upper", "lower", "split", "join", "map", "filter", "sort", "keys", "values", "now", "duration", "date"];

    /// <summary>What the expression gives instead of a truth value; null where it may give one.</summary>
    public static string? IsNeverTruth(Node node) => node switch
    {
        Node.Literal literal => literal.Value is bool ? null : ValueFacts.KindOf(literal.Value),
        Node.List => "an array",
        Node.Map => "a map",
        Node.Unary { Operator: "-" or "+" } => "a number",
        Node.Binary { Operator: "*" or "/" or "%" or "**" or "-" or "+" } => "no truth value",
        Node.Binary { Operator: ".." } => "an array",
        Node.Call call when GiveNumbers.Contains(call.Name) => "a number",
        Node.Call call when GiveOthers.Contains(call.Name) => "no truth value",
        Node.Let let => IsNeverTruth(let.Body),
        Node.Choice choice => IsNeverTruth(choice.Then) is { } kind && IsNeverTruth(choice.Else) is not null ? kind : null,
        _ => null,
    };
}
