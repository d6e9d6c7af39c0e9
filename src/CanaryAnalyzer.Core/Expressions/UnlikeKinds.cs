using System.Numerics;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>Says of values that can't be compared what to write instead.</summary>
internal static class UnlikeKinds
{
    private const ValueKinds Ordered = ValueKinds.Number | ValueKinds.String | ValueKinds.Time | ValueKinds.Duration;

    /// <summary>Whether <c>==</c> may hold between values of these kinds; nil is equal to nil and comparable with everything, as in expr-lang.</summary>
    public static bool CanBeEqual(ValueKinds left, ValueKinds right) => ((left | right) & ValueKinds.Nil) != ValueKinds.None || (left & right) != ValueKinds.None;

    public static bool HaveOrder(ValueKinds left, ValueKinds right) => (left & right & Ordered) != ValueKinds.None;

    public static ValueKinds Of(object? value) => value switch
    {
        null => ValueKinds.Nil,
        bool => ValueKinds.Bool,
        long or double => ValueKinds.Number,
        string => ValueKinds.String,
        object?[] => ValueKinds.Array,
        IReadOnlyDictionary<string, object?> => ValueKinds.Map,
        DateTimeOffset => ValueKinds.Time,
        TimeSpan => ValueKinds.Duration,
        _ => ValueKinds.Any,
    };

    /// <summary>The kinds in words; a literal's own where the part is one.</summary>
    public static string Name(ValueKinds kinds, Node part)
    {
        if (part is Node.Literal literal) return ValueFacts.KindOf(literal.Value);
        if (kinds == ValueKinds.Any) return "value";
#pragma warning disable CA1308 // Kinds are written in lower case, as type() writes them.
        return string.Join(" or ", Enum.GetValues<ValueKinds>().Where(kind => BitOperations.IsPow2((int)kind) && kinds.HasFlag(kind)).Select(kind => kind.ToString().ToLowerInvariant()));
#pragma warning restore CA1308
    }

    /// <summary>What to write instead, after a semicolon; empty where there is no telling.</summary>
    public static string Hint(ValueKinds left, ValueKinds right, Node.Binary comparison)
    {
        if (left == ValueKinds.Array && right != ValueKinds.Array) return OfArray(comparison.Left);
        if (right == ValueKinds.Array && left != ValueKinds.Array && comparison.Operator != "in") return OfArray(comparison.Right);
        if (left == ValueKinds.String && right != ValueKinds.String) return OfText(comparison.Left, right);
        return right == ValueKinds.String && left != ValueKinds.String ? OfText(comparison.Right, left) : "";
    }

    private static string OfArray(Node part) => part is Node.Variable { Name: not "$env" } variable
        ? $"; {variable.Name} is an array: write {variable.Name}[0] or len({variable.Name})"
        : "; take one element with [0], or their number with len(…)";

    private static string OfText(Node part, ValueKinds other) => (part, other) switch
    {
        (Node.Literal { Value: string text }, ValueKinds.Number) when ValueFacts.TryParseFloat(text, out _) => $"; write {text} without quotes",
        (Node.Literal { Value: string and ("true" or "false") and var text }, ValueKinds.Bool) => $"; write {text} without quotes",
        (Node.Variable variable, ValueKinds.Number) => $"; {variable.Name} is a string: write asFloat({variable.Name})",
        (not Node.Literal, ValueKinds.Number) => "; make a number of the string with asFloat(…)",
        _ => "",
    };
}
