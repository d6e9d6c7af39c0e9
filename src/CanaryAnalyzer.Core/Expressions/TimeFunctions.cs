using System.Globalization;
using CanaryAnalyzer.Core.Values;
using static CanaryAnalyzer.Core.Expressions.ValueFacts;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>Functions that make times and durations.</summary>
internal static class TimeFunctions
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
    ];

    public static object? Duration(EvaluationContext context, object?[] a)
    {
        var text = Text(context, a[0], "duration()");
        return GoDuration.TryParse(text, out var duration) ? duration : throw context.Fail($"duration() can't read \"{Describe(text)}\"; write 30s, 5m or 1h30m");
    }

    public static object? Date(EvaluationContext context, object?[] a)
    {
        if (a[0] is DateTimeOffset already) return already;
        var text = Text(context, a[0], "date()");
        if (DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            return date.ToUniversalTime();
        throw context.Fail($"date() can't read \"{Describe(text)}\"; write it like 2024-05-17T09:30:00Z");
    }
}
