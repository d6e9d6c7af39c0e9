using static CanaryAnalyzer.Core.Expressions.ValueFacts;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>Functions of numbers and of lists of them.</summary>
internal static class NumberFunctions
{
    public static object? Abs(EvaluationContext context, object?[] a) => a[0] switch
    {
        long whole => whole < 0 ? unchecked(-whole) : whole,
        double number => Math.Abs(number),
        _ => throw context.Fail($"abs() needs a number, not {KindOf(a[0])}"),
    };

    public static object? Max(EvaluationContext context, object?[] a) => Extreme(context, a, "max()", 1);

    public static object? Min(EvaluationContext context, object?[] a) => Extreme(context, a, "min()", -1);

    public static object? Mean(EvaluationContext context, object?[] a)
    {
        var numbers = Numbers(context, a, "mean()");
        return numbers.Count == 0 ? 0.0 : numbers.Sum(ToDouble) / numbers.Count;
    }

    public static object? Median(EvaluationContext context, object?[] a)
    {
        var numbers = Numbers(context, a, "median()").ConvertAll(ToDouble);
        if (numbers.Count == 0) return 0.0;
        numbers.Sort();
        var middle = numbers.Count / 2;
        return numbers.Count % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    }

    public static object? Sum(EvaluationContext context, object?[] a) => Total(context, List(context, a[0], "sum()"));

    public static object Total(EvaluationContext context, IEnumerable<object?> items)
    {
        object sum = 0L;
        foreach (var item in items)
        {
            context.Step();
            sum = Arithmetic.Apply(context, "+", sum, IsNumber(item) ? item : throw context.Fail($"sum() needs numbers, not {KindOf(item)}"))!;
        }

        return sum;
    }

    public static object? CountTrue(EvaluationContext context, object?[] a)
    {
        var items = List(context, a[0], "count()");
        context.Step(items.Length);
        return (long)items.Count(item => item is bool truth ? truth : throw context.Fail($"count() needs true and false, not {KindOf(item)}; write count(…, # > 1)"));
    }

    public static Func<EvaluationContext, object?[], object?> Bits(string what, Func<long, long, long> combine) =>
        (context, a) => combine(Whole(context, a[0], what), Whole(context, a[1], what));

    private static object Extreme(EvaluationContext context, object?[] a, string what, int sign)
    {
        var numbers = Numbers(context, a, what);
        if (numbers.Count == 0) throw context.Fail($"{what} of nothing has no result");
        var best = numbers[0];
        foreach (var number in numbers)
        {
            if (ToDouble(number).CompareTo(ToDouble(best)) * sign > 0) best = number;
        }

        return best;
    }

    /// <summary>The arguments' numbers, those in arrays included.</summary>
    private static List<object> Numbers(EvaluationContext context, object?[] a, string what)
    {
        var numbers = new List<object>();
        foreach (var item in a.SelectMany(one => one as object?[] ?? [one]))
        {
            context.Step();
            numbers.Add(IsNumber(item) ? item! : throw context.Fail($"{what} needs numbers, not {KindOf(item)}"));
        }

        return numbers;
    }
}
