using System.Globalization;
using static CanaryAnalyzer.Core.Expressions.ValueFacts;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>Functions of arrays and maps that need no closure.</summary>
internal static class ListFunctions
{
    public static object? At(EvaluationContext context, object?[] list, long index)
    {
        var at = index < 0 ? index + list.Length : index;
        if (at >= 0 && at < list.Length) return list[at];
        throw context.Fail(string.Create(CultureInfo.InvariantCulture, $"there is no element {index}: the array has {list.Length}"));
    }

    public static object LetterAt(EvaluationContext context, string text, long index)
    {
        var at = index < 0 ? index + text.Length : index;
        if (at >= 0 && at < text.Length) return text[(int)at].ToString();
        throw context.Fail(string.Create(CultureInfo.InvariantCulture, $"there is no letter {index}: the string has {text.Length}"));
    }

    public static object? Length(EvaluationContext context, object?[] a) => a[0] switch
    {
        object?[] list => (long)list.Length,
        IReadOnlyDictionary<string, object?> map => (long)map.Count,
        string text => (long)text.EnumerateRunes().Count(),
        _ => throw context.Fail($"len() needs an array, a map or a string, not {KindOf(a[0])}"),
    };

    public static object? First(EvaluationContext context, object?[] a) => List(context, a[0], "first()") is [var first, ..] ? first : null;

    public static object? Last(EvaluationContext context, object?[] a) => List(context, a[0], "last()") is [.., var last] ? last : null;

    public static object? Get(EvaluationContext context, object?[] a)
    {
        if (a[0] is IReadOnlyDictionary<string, object?> map) return map.GetValueOrDefault(Text(context, a[1], "get() from a map"));
        if (a[0] is null) return null;
        var list = List(context, a[0], "get()");
        var index = Whole(context, a[1], "get()");
        if (index < 0) index += list.Length;
        return index >= 0 && index < list.Length ? list[index] : null;
    }

    public static object? Take(EvaluationContext context, object?[] a)
    {
        var list = List(context, a[0], "take()");
        var taken = (int)Math.Clamp(Whole(context, a[1], "take()"), 0, list.Length);
        context.Produce(taken);
        return list[..taken];
    }

    public static object? Keys(EvaluationContext context, object?[] a) => Made(context, Map(context, a[0], "keys()").Keys);

    public static object? Values(EvaluationContext context, object?[] a) => Made(context, Map(context, a[0], "values()").Values);

    public static object? ToPairs(EvaluationContext context, object?[] a) =>
        Made(context, Map(context, a[0], "toPairs()").Select(pair => (object?)new object?[] { pair.Key, pair.Value }));

    public static object? FromPairs(EvaluationContext context, object?[] a)
    {
        var map = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var item in List(context, a[0], "fromPairs()"))
        {
            context.Produce(1);
            if (item is not object?[] { Length: 2 } pair) throw context.Fail("fromPairs() needs arrays of two: key and value");
            map[Text(context, pair[0], "a map's key")] = pair[1];
        }

        return map;
    }

    public static object? Reverse(EvaluationContext context, object?[] a) => Made(context, List(context, a[0], "reverse()").Reverse());

    public static object? Concat(EvaluationContext context, object?[] a) => Made(context, a.SelectMany(item => List(context, item, "concat()")));

    public static object? Distinct(EvaluationContext context, object?[] a)
    {
        var found = new List<object?>();
        foreach (var item in List(context, a[0], "uniq()"))
        {
            context.Produce(1);
            if (!found.Exists(known => Arithmetic.AreEqual(context, known, item, "uniq()"))) found.Add(item);
        }

        return found.ToArray();
    }

    public static object? Flatten(EvaluationContext context, object?[] a)
    {
        var flat = new List<object?>();
        Flatten(context, List(context, a[0], "flatten()"), flat, 0);
        return flat.ToArray();
    }

    public static object? Sort(EvaluationContext context, object?[] a)
    {
        var sorted = (object?[])Made(context, List(context, a[0], "sort()"));
        return SortBy(context, sorted, item => item, a.Length > 1 ? a[1] : "asc", "sort()");
    }

    public static object?[] SortBy(EvaluationContext context, object?[] items, Func<object?, object?> key, object? order, string what)
    {
        if (order is not ("asc" or "desc")) throw context.Fail($"{what} sorts \"asc\" or \"desc\", not {Describe(order)}");
        var comparer = Comparer<object?>.Create((left, right) => Arithmetic.Order(context, left, right, what));
        return order is "asc" ? [.. items.OrderBy(key, comparer)] : [.. items.OrderByDescending(key, comparer)];
    }

    private static object Made(EvaluationContext context, IEnumerable<object?> items)
    {
        var made = new List<object?>();
        foreach (var item in items)
        {
            context.Produce(1);
            made.Add(item);
        }

        return made.ToArray();
    }

    private static void Flatten(EvaluationContext context, object?[] list, List<object?> flat, int depth)
    {
        if (depth > DeepestValue) throw context.Fail("flatten() found arrays nested too deep");
        foreach (var item in list)
        {
            context.Step();
            if (item is object?[] inner)
            {
                Flatten(context, inner, flat, depth + 1);
            }
            else
            {
                context.Produce(1);
                flat.Add(item);
            }
        }
    }
}
