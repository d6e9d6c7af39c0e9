using System.Diagnostics.CodeAnalysis;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>
/// An expression of the language that analysis conditions are written in (expr-lang 1.17 with asInt, asFloat, isNaN, isInf, isNil and default).
/// Parsing and evaluating end within fixed bounds and never throw.
/// </summary>
public sealed class Expression
{
    /// <summary>The most characters that an expression may have.</summary>
    public const int Longest = 4096;

    private readonly Node _node;

    private Expression(string text, Node node)
    {
        Text = text;
        _node = node;
    }

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a condition on <c>result</c>, such as <c>result[0] >= 0.95</c>.</summary>
    /// <param name="text">The condition.</param>
    /// <param name="shape">What <c>result</c> is, as far as it is known: what can't be right of that is refused.</param>
    /// <param name="condition">The condition; null where the text is none.</param>
    /// <param name="error">What is wrong with the text; null where nothing is.</param>
    public static bool TryParseCondition(string text, ResultShape shape, [NotNullWhen(true)] out Expression? condition, [NotNullWhen(false)] out ExpressionError? error)
    {
        if (!TryParse(text, ["result"], out condition, out error)) return false;
        try
        {
            var kind = KindCheck.Of(condition._node, shape);
            if (kind.May(ValueKinds.Bool)) return true;
            error = new ExpressionError(
                condition._node.At + 1, $"a condition must give true or false, and this gives {WithArticle(UnlikeKinds.Name(kind.Own, condition._node))}; compare it with something");
        }
        catch (ExpressionException exception)
        {
            error = exception.Error;
        }

        condition = null;
        return false;
    }

    /// <summary>Reads an instant without <c>result</c>, such as <c>now() - duration("1h")</c>.</summary>
    /// <param name="text">The instant.</param>
    /// <param name="instant">The expression; null where the text is none.</param>
    /// <param name="error">What is wrong with the text; null where nothing is.</param>
    public static bool TryParseInstant(string text, [NotNullWhen(true)] out Expression? instant, [NotNullWhen(false)] out ExpressionError? error) =>
        TryParse(text, [], out instant, out error);

    /// <summary>Whether the condition holds for what a provider answered.</summary>
    /// <param name="result">A number, text, truth value, null, list or map of such.</param>
    /// <param name="now">The instant that <c>now()</c> gives.</param>
    /// <param name="truth">The outcome; false where there is an error.</param>
    /// <param name="error">Why there is no outcome; null where there is one.</param>
    public bool TryJudge(object? result, DateTimeOffset now, out bool truth, [NotNullWhen(false)] out ExpressionError? error)
    {
        truth = false;
        if (!TryEvaluate(result, now, out var value, out error)) return false;
        if (value is bool outcome)
        {
            truth = outcome;
            return true;
        }

        error = new ExpressionError(_node.At + 1, $"a condition must give true or false, and this gave {ValueFacts.KindOf(value)}");
        return false;
    }

    /// <summary>The instant that the expression stands for.</summary>
    /// <param name="now">The instant that <c>now()</c> gives.</param>
    /// <param name="instant">The outcome.</param>
    /// <param name="error">Why there is no outcome; null where there is one.</param>
    public bool TryGetInstant(DateTimeOffset now, out DateTimeOffset instant, [NotNullWhen(false)] out ExpressionError? error)
    {
        instant = default;
        if (!TryEvaluate(null, now, out var value, out error)) return false;
        if (value is DateTimeOffset time)
        {
            instant = time;
            return true;
        }

        error = new ExpressionError(_node.At + 1, $"this must give a time such as now() - duration(\"1h\"), and gave {ValueFacts.KindOf(value)}");
        return false;
    }

    /// <summary>The value of the expression: null, bool, long, double, string, <c>object?[]</c>, map, DateTimeOffset or TimeSpan.</summary>
    internal bool TryEvaluate(object? result, DateTimeOffset now, out object? value, [NotNullWhen(false)] out ExpressionError? error)
    {
        value = null;
        error = null;
        try
        {
            var variables = new SortedDictionary<string, object?>(StringComparer.Ordinal) { ["result"] = ValueFacts.From(result) };
            value = new Evaluator(new EvaluationContext(now), variables).Evaluate(_node);
            return true;
        }
        catch (ExpressionException exception)
        {
            error = exception.Error;
            return false;
        }
    }

    internal static bool TryParse(string text, IEnumerable<string> variables, [NotNullWhen(true)] out Expression? expression, [NotNullWhen(false)] out ExpressionError? error)
    {
        expression = null;
        error = null;
        if (text.Length > Longest)
        {
            error = new ExpressionError(Longest + 1, $"an expression has at most {Longest} characters");
            return false;
        }

        try
        {
            expression = new Expression(text, Parser.Parse(text, variables));
            return true;
        }
        catch (ExpressionException exception)
        {
            error = exception.Error;
            return false;
        }
    }

    private static string WithArticle(string noun) => $"{(noun[0] is 'a' or 'i' ? "an" : "a")} {noun}";

    /// <summary>The expression as it was written.</summary>
    public override string ToString() => Text;
}
