using CanaryAnalyzer.Core.Expressions;
using CsCheck;

namespace CanaryAnalyzer.Core.Tests.Expressions;

public sealed class ExpressionPropertyTests
{
    private static readonly DateTimeOffset Now = new(2024, 5, 17, 9, 30, 0, TimeSpan.Zero);

    private static readonly string[] Words =
    [
        "result", "result[0]", "#", ".a", "nil", "true", "1", "2.5", "'x'", "[", "]", "{", "}", "(", ")", ",", ":", "?", "?.", "..", "|", "let y = ", ";", "y",
        "+", "-", "*", "/", "%", "**", "==", "<", ">=", "and", "or", "not", "in", "matches", "contains", "??", "all(result,", "map(1..9,", "reduce(1..99,", "#acc",
        "sum(", "len(", "string(", "repeat(", "split(", "sort(", "fromJSON(", "toJSON(", "now()", "duration('1h')", "concat(", "flatten(", "max(", "asInt(", "default(", "$env", "\n", "\"", "0x",
    ];

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String,
        Gen.Int[0, Words.Length - 1].Array[0, 24].Select(picks => string.Join(' ', picks.Select(pick => Words[pick]))));

    private static readonly Gen<object?> Values = Gen.OneOf(
        Gen.Const((object?)null),
        Gen.Double.Select(number => (object?)number),
        Gen.String.Select(text => (object?)text),
        Gen.Double.Array[0, 5].Select(numbers => (object?)numbers));

    [Fact]
    public void Any_text_and_any_result_end_in_a_value_or_an_error() =>
        Gen.Select(Texts, Values).Sample((text, result) =>
        {
            if (!Expression.TryParse(text, ["result"], out var expression, out var error)) return error.Column >= 1 && error.Message.Length > 0;
            var first = expression.TryEvaluate(result, Now, out var value, out error);
            var second = expression.TryEvaluate(result, Now, out var again, out _);
            return first == second && (error is null || error.Column >= 1) && ValueFacts.KindOf(value) == ValueFacts.KindOf(again);
        }, iter: 20_000, seed: "0000C0FFEE01");

    [Fact]
    public void Kind_told_before_evaluation_is_the_kind_evaluated() =>
        Gen.Select(Texts, Values).Sample((text, result) =>
        {
            Node node;
            try
            {
                node = Parser.Parse(text, ["result"]);
            }
            catch (ExpressionException)
            {
                return true;
            }

            var given = Expression.TryParse(text, ["result"], out var expression, out _) && expression.TryEvaluate(result, Now, out var value, out _) ? UnlikeKinds.Of(value) : ValueKinds.None;
            var shape = result is double[] ? ResultShape.Numbers : ResultShape.Any;
            try
            {
                return KindCheck.Of(node, shape).May(given) || given == ValueKinds.None;
            }
            catch (ExpressionException)
            {
                // What is refused beforehand may be a part that this evaluation never came to; that it can't be right is tested case by case.
                return true;
            }
        }, iter: 20_000, seed: "0000C0FFEE01");

    [Fact]
    public void Whole_expressions_evaluate_as_the_same_arithmetic_in_csharp() =>
        Gen.Select(Gen.Int[-50, 50], Gen.Int[-50, 50], Gen.Int[1, 50]).Sample((a, b, c) =>
        {
            Assert.True(Expression.TryParseCondition($"({a}) * ({b}) + ({a}) % {c} - ({b}) == result and ({a}) / {c} < result + 3000", ResultShape.Any, out var condition, out var error), error?.ToString());
            Assert.True(condition.TryJudge((long)((a * b) + (a % c) - b), Now, out var truth, out _));
            return truth == (a / (double)c < (a * b) + (a % c) - b + 3000);
        }, iter: 2_000, seed: "0000C0FFEE01");
}
