namespace CanaryAnalyzer.Core.Expressions;

/// <summary>How tightly operators bind; higher binds tighter.</summary>
internal static class Operators
{
    public const int Not = 50;
    public const int Sign = 90;
    public const int Tightest = 500;

    private static readonly Dictionary<string, int> Binding = new(StringComparer.Ordinal)
    {
        ["|"] = 0,
        ["or"] = 10,
        ["||"] = 10,
        ["and"] = 15,
        ["&&"] = 15,
        ["=="] = 20,
        ["!="] = 20,
        ["<"] = 20,
        [">"] = 20,
        ["<="] = 20,
        [">="] = 20,
        ["in"] = 20,
        ["matches"] = 20,
        ["contains"] = 20,
        ["startsWith"] = 20,
        ["endsWith"] = 20,
        [".."] = 25,
        ["+"] = 30,
        ["-"] = 30,
        ["*"] = 60,
        ["/"] = 60,
        ["%"] = 60,
        ["**"] = 100,
        ["^"] = 100,
        ["??"] = Tightest,
    };

    public static bool TryBind(Token token, out int binding)
    {
        binding = 0;
        return token.Kind is TokenKind.Symbol or TokenKind.Name && Binding.TryGetValue(token.Text, out binding);
    }

    public static bool IsRightToLeft(string name) => name is "**" or "^";

    public static bool IsComparison(string name) => name is "<" or ">" or "<=" or ">=";

    /// <summary>Whether <c>not</c> may stand before it, as in <c>x not in y</c>.</summary>
    public static bool CanBeNegated(string name) => name is "in" or "matches" or "contains" or "startsWith" or "endsWith";

    /// <summary>The one spelling that the evaluator knows.</summary>
    public static string Canonical(string name) => name switch
    {
        "||" => "or",
        "&&" => "and",
        "^" => "**",
        "!" => "not",
        _ => name,
    };
}
