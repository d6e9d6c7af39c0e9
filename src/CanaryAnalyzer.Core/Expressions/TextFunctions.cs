using static CanaryAnalyzer.Core.Expressions.ValueFacts;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>Functions of texts.</summary>
internal static class TextFunctions
{
    public static object? Trim(EvaluationContext context, object?[] a)
    {
        var text = Text(context, a[0], "trim()");
        return a.Length == 1 ? text.Trim() : text.Trim(Text(context, a[1], "trim()").ToCharArray());
    }

    public static object? TrimPrefix(EvaluationContext context, object?[] a)
    {
        var (text, part) = Two(context, a, "trimPrefix()");
        return text.StartsWith(part, StringComparison.Ordinal) ? text[part.Length..] : text;
    }

    public static object? TrimSuffix(EvaluationContext context, object?[] a)
    {
        var (text, part) = Two(context, a, "trimSuffix()");
        return text.EndsWith(part, StringComparison.Ordinal) ? text[..^part.Length] : text;
    }

    public static object? HasPrefix(EvaluationContext context, object?[] a)
    {
        var (text, part) = Two(context, a, "hasPrefix()");
        return text.StartsWith(part, StringComparison.Ordinal);
    }

    public static object? HasSuffix(EvaluationContext context, object?[] a)
    {
        var (text, part) = Two(context, a, "hasSuffix()");
        return text.EndsWith(part, StringComparison.Ordinal);
    }

    public static object? IndexOf(EvaluationContext context, object?[] a)
    {
        var (text, part) = Two(context, a, "indexOf()");
        return (long)text.IndexOf(part, StringComparison.Ordinal);
    }

    public static object? LastIndexOf(EvaluationContext context, object?[] a)
    {
        var (text, part) = Two(context, a, "lastIndexOf()");
        return (long)text.LastIndexOf(part, StringComparison.Ordinal);
    }

    public static object? Split(EvaluationContext context, object?[] a) => Split(context, a, "split()", keep: false);

    public static object? SplitAfter(EvaluationContext context, object?[] a) => Split(context, a, "splitAfter()", keep: true);

    public static object? Replace(EvaluationContext context, object?[] a)
    {
        var (text, old) = Two(context, a, "replace()");
        var with = Text(context, a[2], "replace()");
        if (old.Length == 0) throw context.Fail("replace() needs something to replace");
        context.Produce(text.Length + ((long)(text.Length / old.Length) * with.Length));
        return text.Replace(old, with, StringComparison.Ordinal);
    }

    public static object? Repeat(EvaluationContext context, object?[] a)
    {
        var text = Text(context, a[0], "repeat()");
        var times = Whole(context, a[1], "repeat()");
        if (times is < 0 or > EvaluationContext.MostProduced) throw context.Fail("repeat() needs a number of times from 0 to 100000");
        context.Produce(text.Length * times);
        return string.Concat(Enumerable.Repeat(text, (int)times));
    }

    public static object? Join(EvaluationContext context, object?[] a)
    {
        var items = List(context, a[0], "join()");
        var between = a.Length > 1 ? Text(context, a[1], "join()") : "";
        context.Step(items.Length);
        var texts = items.Select(item => Text(context, item, "join()")).ToList();
        context.Produce(texts.Sum(text => (long)text.Length + between.Length));
        return string.Join(between, texts);
    }

    private static object?[] Split(EvaluationContext context, object?[] a, string what, bool keep)
    {
        var (text, by) = Two(context, a, what);
        var most = a.Length > 2 ? Whole(context, a[2], what) : -1;
        context.Produce(text.Length + 1L);
        if (most == 0) return [];
        if (by.Length == 0) throw context.Fail($"{what} needs something to split by");
        var parts = most < 0 ? text.Split(by) : text.Split(by, (int)Math.Min(most, int.MaxValue));
        return [.. parts.Select((part, index) => keep && index < parts.Length - 1 ? part + by : part)];
    }

    private static (string First, string Second) Two(EvaluationContext context, object?[] a, string what)
    {
        var text = Text(context, a[0], what);
        context.Step(1 + (text.Length / 16));
        return (text, Text(context, a[1], what));
    }
}
