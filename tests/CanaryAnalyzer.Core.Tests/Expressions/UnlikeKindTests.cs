using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Expressions;

namespace CanaryAnalyzer.Core.Tests.Expressions;

/// <summary>What is between kinds that don't go together is an error, never false, true or a number that decides a gate.</summary>
public sealed class UnlikeKindTests
{
    private static readonly DateTimeOffset Now = new(2024, 5, 17, 9, 30, 0, TimeSpan.Zero);
    private static readonly double[] One = [1];

    // One value of each kind, and a name for it.
    private static readonly (string Kind, string Text)[] Kinds =
    [
        ("nil", "nil"), ("bool", "true"), ("number", "1"), ("number", "1.5"), ("string", "'a'"), ("array", "[1]"), ("map", "{a: 1}"), ("time", "now()"), ("duration", "duration('1s')"),
    ];

    public static TheoryData<string> Comparisons =>
        [.. from left in Kinds from right in Kinds from name in new[] { "==", "!=", "<", ">", "<=", ">=" } select $"{left.Text} {name} {right.Text}"];

    [Theory]
    [MemberData(nameof(Comparisons))]
    public void Comparison_between_unlike_kinds_is_an_error_before_and_during_evaluation(string text)
    {
        var parts = text.Split([" == ", " != ", " < ", " > ", " <= ", " >= "], StringSplitOptions.None);
        var (left, right) = (KindOf(parts[0]), KindOf(parts[1]));
        var isEquality = text.Contains(" == ", StringComparison.Ordinal) || text.Contains(" != ", StringComparison.Ordinal);
        var can = isEquality ? left == right || left == "nil" || right == "nil" : left == right && left is "number" or "string" or "time" or "duration" && left == right;
        Assert.Equal(can, Expression.TryParseCondition(text, ResultShape.Any, out _, out _));

        // Hidden from the check before evaluation: fromJSON() may give anything.
        Assert.Equal(can, Evaluates($"({Hidden(parts[0])}){text[parts[0].Length..]}"));
    }

    [Theory]
    [InlineData("result == 1", "== can't compare array with int; result is an array: write result[0] or len(result)")]
    [InlineData("1 != result", "!= can't compare int with array; result is an array: write result[0] or len(result)")]
    [InlineData("result > 1", "> can't compare array with int; result is an array: write result[0] or len(result)")]
    [InlineData("result == true", "== can't compare array with bool; result is an array: write result[0] or len(result)")]
    [InlineData("result + 1 > 2", "+ can't be used between array and int; result is an array: write result[0] or len(result)")]
    [InlineData("result[:1] == 1", "== can't compare array with int; take one element with [0], or their number with len(…)")]
    [InlineData("result[0] == \"1\"", "== can't compare number with string; write 1 without quotes")]
    [InlineData("\"0.5\" < result[0]", "< can't compare string with number; write 0.5 without quotes")]
    [InlineData("len(result) == 'many'", "== can't compare number with string")]
    [InlineData("isNaN(result[0]) == 'false'", "== can't compare bool with string; write false without quotes")]
    [InlineData("string(result[0]) == 1", "== can't compare string with int; make a number of the string with asFloat(…)")]
    [InlineData("'1' in result", "in can't find string in an array of number; write 1 without quotes")]
    [InlineData("result in [1, 2]", "in can't find array in an array of number; result is an array: write result[0] or len(result)")]
    [InlineData("3 in [result]", "in can't find int in an array of array")]
    [InlineData("result[0] in 'abc'", "in needs an array or a map on its right, not string; for a part of a string write contains")]
    [InlineData("1 in {a: 1}", "in a map needs a string, not int")]
    [InlineData("all(result, # == '1')", "== can't compare number with string; write 1 without quotes")]
    [InlineData("any(result, #)", "any() needs true or false for each element, not number")]
    [InlineData("result[0] > 5 and result == 1", "== can't compare array with int; result is an array: write result[0] or len(result)")]
    [InlineData("result[0] > 5 ? true : result == 1", "== can't compare array with int; result is an array: write result[0] or len(result)")]
    [InlineData("result ? true : false", "? needs true or false, not array")]
    [InlineData("let x = result; x == 1", "== can't compare array with int; x is an array: write x[0] or len(x)")]
    [InlineData("result contains '1'", "contains can't be used between array and string")]
    [InlineData("not result", "not needs true or false, not array")]
    public void Condition_that_cannot_be_right_of_numbers_is_refused_with_what_to_write(string text, string message)
    {
        Assert.False(Expression.TryParseCondition(text, ResultShape.Numbers, out _, out var error));
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("result == 1")]
    [InlineData("result != 1")]
    [InlineData("'1' in result")]
    [InlineData("result in [1, 2]")]
    [InlineData("3 in [result]")]
    [InlineData("result[0] == '1'")]
    [InlineData("result == true")]
    [InlineData("[result[0]] == ['1']")]
    [InlineData("{a: result[0]} == {a: '1'}")]
    [InlineData("len(uniq([result[0], '1'])) == 2")]
    [InlineData("get({a: 1}, result[0]) == nil")]
    [InlineData("result[0] in {a: 1}")]
    [InlineData("findIndex(result, # > 5) < 1")]
    [InlineData("len(groupBy([result[0], '1'], #)) == 1")]
    [InlineData("len(groupBy([[1], [2]], #)) == 1")]
    [InlineData("indexOf(result, '1') == -1")]
    [InlineData("hasPrefix(result, '1')")]
    [InlineData("result contains '1'")]
    [InlineData("isNaN(result)")]
    [InlineData("sum([result]) == 0")]
    [InlineData("count(result) == 0")]
    [InlineData("max(result, 'a') == 1")]
    [InlineData("len(result[0]) == 1")]
    public void Gate_on_unlike_kinds_ends_in_error_whichever_condition_asks(string text)
    {
        // Neither condition may make something of it: one would promote, the other roll back.
        Assert.Equal(AnalysisPhase.Error, Judge(text, null));
        Assert.Equal(AnalysisPhase.Error, Judge(null, text));
        Assert.Equal(AnalysisPhase.Error, Judge(null, $"not ({text})"));
    }

    [Theory]
    [InlineData("result == nil or result[0] == 1")]
    [InlineData("result != nil and nil != result[0]")]
    [InlineData("result == [1] and result != []")]
    [InlineData("1 in [result[0], 'a'] and 'a' in ['b', 1, 'a'] and 'b' not in ['a', 1]")]
    [InlineData("nil in [1, nil] and nil not in [1] and 1 not in [] and 'a' not in nil")]
    [InlineData("'a' in {a: 1} and nil not in {a: 1}")]
    [InlineData("1 == 1.0 and 1 in [1.0] and len(uniq([1, 1.0, nil])) == 2")]
    [InlineData("default(result[0], 0) < 2 and default(nil, 'x') == 'x'")]
    [InlineData("first(result) == 1 and find(result, # > 5) == nil")]
    [InlineData("result?.[0] == 1")]
    [InlineData("result[0] > 0 ? result[0] == 1 : false")]
    public void Values_that_can_be_equal_are_compared(string text) => Assert.Equal(AnalysisPhase.Successful, Judge(text, null));

    [Theory]
    [InlineData("result == 1", 1.0, AnalysisPhase.Successful)]
    [InlineData("result == 1", "1", AnalysisPhase.Error)]
    [InlineData("result == 'ok'", "ok", AnalysisPhase.Successful)]
    [InlineData("result == 'true'", true, AnalysisPhase.Error)]
    [InlineData("result.code == 200", 200L, AnalysisPhase.Error)]
    public void Answers_of_any_kind_are_judged_by_what_they_are(string text, object result, AnalysisPhase phase)
    {
        Assert.True(Expression.TryParseCondition(text, ResultShape.Any, out var condition, out _));
        Assert.Equal(phase, new MeasurementConditions(condition, null).Judge(result, Now).Phase);
    }

    [Fact]
    public void What_each_function_gives_is_known_or_left_open()
    {
        string[] open = ["get", "reduce", "fromJSON", "default"];
        foreach (var name in Functions.Names.Except(open)) Assert.NotEqual(StaticKind.Any, FunctionKinds.Of(name, [new StaticKind(ValueKinds.Array, ValueKinds.Bool), new StaticKind(ValueKinds.Bool)]));
    }

    private static AnalysisPhase Judge(string? success, string? failure) => new MeasurementConditions(Parse(success), Parse(failure)).Judge(One, Now).Phase;

    private static Expression? Parse(string? text)
    {
        if (text is null) return null;

        // As a document's: what is known of numbers beforehand is tested above.
        Assert.True(Expression.TryParse(text, ["result"], out var condition, out var error), error?.ToString());
        return condition;
    }

    private static string KindOf(string text) => Kinds.First(kind => kind.Text == text).Kind;

    private static string Hidden(string text) => $"[{text}, fromJSON('1')][0]";

    private static bool Evaluates(string text) => Expression.TryParse(text, [], out var expression, out _) && expression.TryEvaluate(null, Now, out _, out _);
}
