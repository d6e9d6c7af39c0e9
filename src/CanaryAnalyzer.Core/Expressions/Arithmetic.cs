using static CanaryAnalyzer.Core.Expressions.ValueFacts;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>What the operators between two values give.</summary>
internal static class Arithmetic
{
    public static object? Apply(EvaluationContext context, string name, object? left, object? right) => name switch
    {
        "+" => Add(context, left, right),
        "-" => Subtract(context, left, right),
        "*" => Multiply(context, left, right),
        "/" => Divide(context, left, right),
        "%" => Remainder(context, left, right),
        "**" => Math.Pow(Number(context, left, "**"), Number(context, right, "**")),
        "<" or ">" or "<=" or ">=" => Compare(context, name, left, right),
        _ => throw context.Fail($"unknown operator {name}"),
    };

    /// <summary>Whether two values are the same; numbers by value, lists and maps by their parts, nil as nil alone.</summary>
    /// <exception cref="ExpressionException">They are of kinds that are never equal: what is asked can't be meant.</exception>
    public static bool AreEqual(EvaluationContext context, object? left, object? right, string what)
    {
        context.Step();
        if (!UnlikeKinds.CanBeEqual(UnlikeKinds.Of(left), UnlikeKinds.Of(right))) throw context.Fail($"{what} can't compare {KindOf(left)} with {KindOf(right)}");
        if (IsNumber(left) && IsNumber(right)) return left is long a && right is long b ? a == b : ToDouble(left) == ToDouble(right);
        if (left is object?[] list && right is object?[] other)
            return list.Length == other.Length && list.Zip(other).All(pair => AreEqual(context, pair.First, pair.Second, what));
        if (left is IReadOnlyDictionary<string, object?> map && right is IReadOnlyDictionary<string, object?> that)
            return map.Count == that.Count && map.All(pair => that.TryGetValue(pair.Key, out var value) && AreEqual(context, pair.Value, value, what));
        return Equals(left, right);
    }

    /// <summary>The order of two values of one kind, as sorting and comparing need it.</summary>
    public static int Order(EvaluationContext context, object? left, object? right, string what)
    {
        context.Step();
        return (left, right) switch
        {
            (long a, long b) => a.CompareTo(b),
            _ when IsNumber(left) && IsNumber(right) => ToDouble(left).CompareTo(ToDouble(right)),
            (string a, string b) => string.CompareOrdinal(a, b),
            (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
            (TimeSpan a, TimeSpan b) => a.CompareTo(b),
            _ => throw context.Fail($"{what} can't compare {KindOf(left)} with {KindOf(right)}"),
        };
    }

    public static object Negate(EvaluationContext context, object? value) => value switch
    {
        long number => unchecked(-number),
        double number => -number,
        TimeSpan duration when duration != TimeSpan.MinValue => -duration,
        _ => throw context.Fail($"- needs a number, not {KindOf(value)}"),
    };

    private static bool Compare(EvaluationContext context, string name, object? left, object? right)
    {
        // NaN is neither less nor greater than anything, which Order can't say.
        if (left is double.NaN || right is double.NaN) return NaNCompare(context, left, right, name);
        var order = Order(context, left, right, name);
        return name switch { "<" => order < 0, ">" => order > 0, "<=" => order <= 0, _ => order >= 0 };
    }

    private static bool NaNCompare(EvaluationContext context, object? left, object? right, string name)
    {
        Number(context, left, name);
        Number(context, right, name);
        return false;
    }

    private static object Add(EvaluationContext context, object? left, object? right)
    {
        if (left is string a && right is string b)
        {
            context.Produce(a.Length + b.Length);
            return a + b;
        }

        return (left, right) switch
        {
            (long x, long y) => unchecked(x + y),
            _ when IsNumber(left) && IsNumber(right) => ToDouble(left) + ToDouble(right),
            (TimeSpan x, TimeSpan y) => Duration(context, (double)x.Ticks + y.Ticks),
            (DateTimeOffset x, TimeSpan y) => Time(context, x, y),
            (TimeSpan x, DateTimeOffset y) => Time(context, y, x),
            _ => throw Mismatch(context, "+", left, right),
        };
    }

    private static object Subtract(EvaluationContext context, object? left, object? right) => (left, right) switch
    {
        (long x, long y) => unchecked(x - y),
        _ when IsNumber(left) && IsNumber(right) => ToDouble(left) - ToDouble(right),
        (TimeSpan x, TimeSpan y) => Duration(context, (double)x.Ticks - y.Ticks),
        (DateTimeOffset x, DateTimeOffset y) => x - y,
        (DateTimeOffset x, TimeSpan y) => Time(context, x, y == TimeSpan.MinValue ? TimeSpan.MaxValue : -y),
        _ => throw Mismatch(context, "-", left, right),
    };

    private static object Multiply(EvaluationContext context, object? left, object? right) => (left, right) switch
    {
        (long x, long y) => unchecked(x * y),
        _ when IsNumber(left) && IsNumber(right) => ToDouble(left) * ToDouble(right),
        (TimeSpan x, _) when IsNumber(right) => Duration(context, x.Ticks * ToDouble(right)),
        (_, TimeSpan y) when IsNumber(left) => Duration(context, y.Ticks * ToDouble(left)),
        _ => throw Mismatch(context, "*", left, right),
    };

    private static object Divide(EvaluationContext context, object? left, object? right) => (left, right) switch
    {
        _ when IsNumber(left) && IsNumber(right) => ToDouble(left) / ToDouble(right),
        (TimeSpan x, TimeSpan y) => (double)x.Ticks / y.Ticks,
        (TimeSpan x, _) when IsNumber(right) => Duration(context, x.Ticks / ToDouble(right)),
        _ => throw Mismatch(context, "/", left, right),
    };

    private static object Remainder(EvaluationContext context, object? left, object? right)
    {
        var divisor = Whole(context, right, "%");
        var number = Whole(context, left, "%");
        if (divisor == 0) throw context.Fail("% by zero has no result");
        return divisor == -1 ? 0L : number % divisor;
    }

    private static TimeSpan Duration(EvaluationContext context, double ticks) =>
        Math.Abs(ticks) < long.MaxValue ? TimeSpan.FromTicks((long)ticks) : throw context.Fail("the duration is too long");

    private static DateTimeOffset Time(EvaluationContext context, DateTimeOffset from, TimeSpan by)
    {
        var ticks = (decimal)from.UtcTicks + by.Ticks;
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks ? from.ToUniversalTime().AddTicks(by.Ticks) : throw context.Fail("the time lies too far away");
    }

    private static ExpressionException Mismatch(EvaluationContext context, string name, object? left, object? right) =>
        context.Fail($"{name} can't be used between {KindOf(left)} and {KindOf(right)}");
}
