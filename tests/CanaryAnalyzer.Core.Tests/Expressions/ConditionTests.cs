using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Expressions;

namespace CanaryAnalyzer.Core.Tests.Expressions;

public sealed class ConditionTests
{
    private static readonly DateTimeOffset Now = new(2024, 5, 17, 9, 30, 0, TimeSpan.Zero);
    private static readonly ImmutableArray<double> Results = [0.97, 2, 5];

    [Theory]
    [InlineData("result[0] >= 0.95")]
    [InlineData("result[-1] == 5")]
    [InlineData("len(result) == 3 and result[1] < 3 || false")]
    [InlineData("not (result[0] > 1)")]
    [InlineData("!(result[0] > 1) && true")]
    [InlineData("all(result, # > 0.5)")]
    [InlineData("all(result, {# > 0.5})")]
    [InlineData("any(result, {# > 4}) and none(result, # > 5) and one(result, # == 2)")]
    [InlineData("result | filter(# > 1) | len() == 2")]
    [InlineData("count(result, # > 1) == 2")]
    [InlineData("sum(result) > 7.9 and sum([1, 2, 3]) == 6 and sum(result, # * 0) == 0")]
    [InlineData("mean([1, 2, 3]) == 2 and median([5, 1, 3, 9]) == 4 and max(1, 7, [9]) == 9 and min(result) == 0.97")]
    [InlineData("map(result, # * 2)[1] == 4")]
    [InlineData("2 in result and 3 not in result")]
    [InlineData("1 < result[1] < 3")]
    [InlineData("result[5:] == [] and result[:2] == [0.97, 2] and result[-2:] == [2, 5]")]
    [InlineData("7 / 2 == 3.5 and 7 % 2 == 1 and 2 ** 3 ** 2 == 512 and -2 ^ 2 == -4")]
    [InlineData("1..3 == [1, 2, 3] and 3..1 == []")]
    [InlineData("\"abc\" contains \"b\" and 'abc' startsWith `a` and 'abc' endsWith 'c' and 'a-1' matches '^[a-z]-\\\\d$'")]
    [InlineData("not ('abc' contains 'x') and 'abc' not contains 'x'")]
    [InlineData("{a: {b: 3}}.a.b == 3 and {\"a b\": 1}[\"a b\"] == 1 and {a: 1}?.b?.c == nil")]
    [InlineData("(nil ?? 3) == 3 and (1 ?? 3) == 1")]
    [InlineData("nil?.a.b.c == nil")]
    [InlineData("(true ? 1 : 2) == 1 and (false ? 1 : false ? 2 : 3) == 3 and (false ?: true)")]
    [InlineData("asInt('12') == 12 and asInt(3.9) == 3 and asFloat('1e3') == 1000 and isNaN(asFloat('NaN')) and isInf(1 / 0)")]
    [InlineData("default(nil, 4) == 4 and default(result[0], 4) == 0.97 and isNil(nil) and not isNil(result)")]
    [InlineData("now() - duration('1h') < now() and now().Year() == 2024 and duration('90s').Minutes() == 1.5 and now() - date('2024-05-17') == duration('9h30m')")]
    [InlineData("upper('a') == 'A' and trim('  a ') == 'a' and split('a,b', ',') == ['a', 'b'] and join(['a', 'b'], '-') == 'a-b' and replace('aba', 'a', 'c') == 'cbc'")]
    [InlineData("fromJSON('{\"a\": [1, 2]}').a[1] == 2 and toJSON([1]) == '[\\n  1\\n]' and string(1.5) == '1.5' and int('3') == 3")]
    [InlineData("sort([3, 1, 2], 'desc') == [3, 2, 1] and first([]) == nil and last([1, 2]) == 2 and take([1, 2, 3], 2) == [1, 2] and reverse([1, 2]) == [2, 1]")]
    [InlineData("keys({b: 1, a: 2}) == ['a', 'b'] and values({b: 1, a: 2}) == [2, 1] and get([1], 9) == nil and get({a: 1}, 'a') == 1")]
    [InlineData("map([{v: 1}, {v: 2}], .v) == [1, 2] and find([1, 2, 3], # > 1) == 2 and findIndex([1], # > 1) == nil and findIndex([1, 2], # > 1) == 1 and findLast([1, 2], # > 0) == 2")]
    [InlineData("reduce(1..4, #acc + #) == 10 and reduce([], #acc, 5) == 5 and map([7, 8], #index) == [0, 1]")]
    [InlineData("sortBy([{n: 2}, {n: 1}], .n)[0].n == 1 and groupBy([1, 2, 3], # % 2 == 0)['true'] == [2]")]
    [InlineData("let x = result[1]; let y = 3; x + y == 5")]
    [InlineData("0x1F == 31 and 0b11 == 3 and 1_000 == 1e3 and .5 == 0.5")]
    [InlineData("// a comment\nresult[0] > 0 /* and another */")]
    [InlineData("1 == 1.0 and '1' != '1.0' and nil == nil and [1, [2]] == [1.0, [2]]")]
    [InlineData("round(1.5) == 2 and ceil(1.2) == 2 and floor(1.8) == 1 and abs(-3) == 3 and round(-2.5) == -3")]
    [InlineData("'result' in $env")]
    public void Condition_that_holds_gives_true(string text) => Assert.True(Judge(text, Results));

    [Theory]
    [InlineData("result >= 0.95", 0.94)]
    [InlineData("result < 1", double.NaN)]
    [InlineData("result >= 1", double.NaN)]
    [InlineData("not isNaN(result)", double.NaN)]
    [InlineData("default(result, 3) == 1", null)]
    [InlineData("isNil(0)", null)]
    public void Condition_that_does_not_hold_gives_false(string text, object? result) => Assert.False(Judge(text, result));

    [Theory]
    [InlineData("result[0] > reslt", 13, "unknown name \"reslt\"; did you mean \"result\"?")]
    [InlineData("lenn(result) > 1", 1, "unknown function \"lenn\"; did you mean \"len\"?")]
    [InlineData("result[0] >= ", 14, "a value must stand here, not the end")]
    [InlineData("result[0] = 1", 11, "'=' compares nothing; write ==")]
    [InlineData("result[0] & 1", 11, "'&' is no operator; write && or and")]
    [InlineData("(result > 1", 12, "')' must stand here, not the end")]
    [InlineData("result > 'a", 10, "the text that begins here has no end: ' is missing")]
    [InlineData("result > 1 1", 12, "an operator or the end must stand here, not '1'")]
    [InlineData("len(result, 2) > 1", 1, "len() takes 1 argument, not 2")]
    [InlineData("len(result)", 1, "a condition must give true or false, and this gives a number; compare it with something")]
    [InlineData("# > 1", 1, "'#' stands for an element, and only within functions such as all(result, # > 1)")]
    [InlineData("len > 1", 1, "len is a function; write len(…)")]
    [InlineData("", 1, "an expression must stand here, such as result[0] >= 0.95")]
    [InlineData("a ?? 1 > 2", 1, "unknown name \"a\"")]
    [InlineData("1 + 'a' == 2", 3, "+ can't be used between int and string")]
    [InlineData("result[0] > 1 or 1", 18, "or needs true or false, not int")]
    [InlineData("result ?? 1 > 2", 13, "?? and > don't mix; put one of them in parentheses")]
    public void Text_that_is_no_condition_is_refused_with_its_column(string text, int column, string message)
    {
        Assert.False(Expression.TryParseCondition(text, ResultShape.Any, out _, out var error));
        Assert.Equal(new ExpressionError(column, message), error);
    }

    [Theory]
    [InlineData("result[7] > 1", 7, "there is no element 7: the array has 3")]
    [InlineData("result > 1", 8, "> can't compare array with int; result is an array: write result[0] or len(result)")]
    [InlineData("result.name == 1", 8, "an index needs a whole number, not name")]
    [InlineData("nil.name == 1", 5, "there is no name in nil")]
    [InlineData("asInt('x') == 1", 1, "asInt() can't read \"x\" as a whole number")]
    [InlineData("'a' matches '('", 5, "\"(\" is no regular expression: Invalid pattern '(' at offset 1. Not enough )'s.")]
    [InlineData("result[0]", 7, "a condition must give true or false, and this gave float")]
    [InlineData("all(result, #)", 13, "all() needs true or false for each element, not float")]
    [InlineData("5 % 0 == 1", 3, "% by zero has no result")]
    [InlineData("len(1..1000000) > 1", 6, "the expression makes more than 100000 elements and letters")]
    [InlineData("len(repeat('ab', 90000)) > 1", 5, "the expression makes more than 100000 elements and letters")]
    [InlineData("sum(map(1..400, sum(map(1..400, #)))) > 1", 26, "the expression makes more than 100000 elements and letters")]
    [InlineData("all(1..900, all([1..900][0], # > 0))", 32, "the expression takes more than 100000 steps")]
    public void Condition_that_cannot_be_evaluated_says_where_and_why(string text, int column, string message)
    {
        Assert.True(Expression.TryParseCondition(text, ResultShape.Any, out var condition, out _));
        Assert.False(condition.TryJudge(Results, Now, out _, out var error));
        Assert.Equal(message, error.Message);
        Assert.Equal(column, error.Column);
    }

    [Fact]
    public void Nesting_beyond_the_bound_is_refused()
    {
        Assert.False(Expression.TryParseCondition(new string('(', 2000) + "true" + new string(')', 2000), ResultShape.Any, out _, out var error));
        Assert.Contains("nested more than 60", error.Message, StringComparison.Ordinal);
        Assert.False(Expression.TryParseCondition(string.Join(" and ", Enumerable.Repeat("true", 400)), ResultShape.Any, out _, out error));
        Assert.Contains("more than 250 levels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_is_pointed_at_in_its_line()
    {
        const string Text = "result[0] > 1\n  and reslt < 2";
        Assert.False(Expression.TryParseCondition(Text, ResultShape.Any, out _, out var error));
        Assert.Equal("  and reslt < 2\n      ^", error.Point(Text));
        Assert.Equal("column 21: unknown name \"reslt\"; did you mean \"result\"?", error.ToString());
    }

    [Fact]
    public void Instant_is_taken_from_the_given_now()
    {
        Assert.True(Expression.TryParseInstant("now() - duration(\"1h\")", out var instant, out _));
        Assert.True(instant.TryGetInstant(Now, out var time, out _));
        Assert.Equal(Now.AddHours(-1), time);
        Assert.False(Expression.TryParseInstant("result", out _, out _));
    }

    [Theory]
    [InlineData(null, null, 1.0, AnalysisPhase.Successful)]
    [InlineData("result > 0", null, 1.0, AnalysisPhase.Successful)]
    [InlineData("result > 1", null, 1.0, AnalysisPhase.Failed)]
    [InlineData(null, "result > 0", 1.0, AnalysisPhase.Failed)]
    [InlineData(null, "result > 1", 1.0, AnalysisPhase.Successful)]
    [InlineData("result > 0", "result > 0", 1.0, AnalysisPhase.Failed)]
    [InlineData("result > 5", "result > 9", 7.0, AnalysisPhase.Successful)]
    [InlineData("result > 5", "result < 1", 3.0, AnalysisPhase.Inconclusive)]
    public void Conditions_decide_the_measurement(string? success, string? failure, double result, AnalysisPhase expected) =>
        Assert.Equal((expected, ""), new MeasurementConditions(Parse(success), Parse(failure)).Judge(result, Now));

    [Fact]
    public void Missing_data_is_an_error_that_says_so()
    {
        var conditions = new MeasurementConditions(Parse("result[0] > 1"), null);
        const string NoData = "metric result is nil or empty: no data returned from the metric provider";
        Assert.Equal((AnalysisPhase.Error, NoData), conditions.Judge(null, Now));
        Assert.Equal((AnalysisPhase.Error, NoData), conditions.Judge(Array.Empty<double>(), Now));
        Assert.Equal((AnalysisPhase.Error, NoData), conditions.Judge(ImmutableArray<double>.Empty, Now));
        Assert.Equal((AnalysisPhase.Error, "successCondition: column 7: float has no fields or elements, so no 0"), conditions.Judge(3.0, Now));
        Assert.Equal((AnalysisPhase.Successful, ""), new MeasurementConditions(Parse("len(result) == 0 or result[0] > 1"), null).Judge(Array.Empty<double>(), Now));
    }

    private static Expression? Parse(string? text)
    {
        if (text is null) return null;
        Assert.True(Expression.TryParseCondition(text, ResultShape.Any, out var condition, out var error), error?.ToString());
        return condition;
    }

    private static bool Judge(string text, object? result)
    {
        var condition = Parse(text)!;
        Assert.True(condition.TryJudge(result, Now, out var truth, out var error), error?.ToString());
        return truth;
    }
}
