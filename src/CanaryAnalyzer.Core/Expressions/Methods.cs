using static CanaryAnalyzer.Core.Expressions.ValueFacts;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>The methods of times and durations, named as in Go.</summary>
internal static class Methods
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "Year", "Month", "Day", "Hour", "Minute", "Second", "Weekday", "YearDay", "Unix", "UnixMilli", "UTC",
        "Add", "Sub", "Before", "After", "Equal", "Seconds", "Minutes", "Hours", "Milliseconds", "String",
    ];

    public static bool Exists(string name) => Names.Contains(name);

    public static object? Call(EvaluationContext context, object? of, string name, object?[] a)
    {
        var wanted = name is "Add" or "Sub" or "Before" or "After" or "Equal" ? 1 : 0;
        if (a.Length != wanted) throw context.Fail($"{name}() takes {(wanted == 0 ? "no arguments" : "one argument")}");
        return of switch
        {
            DateTimeOffset time => OfTime(context, time, name, a),
            TimeSpan duration => OfDuration(context, duration, name),
            _ => throw context.Fail($"{KindOf(of)} has no method {name}()"),
        };
    }

    private static object? OfTime(EvaluationContext context, DateTimeOffset time, string name, object?[] a) => name switch
    {
        "Year" => (long)time.Year,
        "Month" => (long)time.Month,
        "Day" => (long)time.Day,
        "Hour" => (long)time.Hour,
        "Minute" => (long)time.Minute,
        "Second" => (long)time.Second,
        "Weekday" => (long)time.DayOfWeek,
        "YearDay" => (long)time.DayOfYear,
        "Unix" => time.ToUnixTimeSeconds(),
        "UnixMilli" => time.ToUnixTimeMilliseconds(),
        "UTC" => time.ToUniversalTime(),
        "String" => Print(time),
        "Add" => Arithmetic.Apply(context, "+", time, a[0] is TimeSpan ? a[0] : throw context.Fail($"Add() needs a duration, not {KindOf(a[0])}")),
        "Sub" => time - Other(context, name, a[0]),
        "Before" => time < Other(context, name, a[0]),
        "After" => time > Other(context, name, a[0]),
        "Equal" => time == Other(context, name, a[0]),
        _ => throw context.Fail($"time has no method {name}()"),
    };

    private static object OfDuration(EvaluationContext context, TimeSpan duration, string name) => name switch
    {
        "Seconds" => duration.TotalSeconds,
        "Minutes" => duration.TotalMinutes,
        "Hours" => duration.TotalHours,
        "Milliseconds" => (long)duration.TotalMilliseconds,
        "String" => Print(duration),
        _ => throw context.Fail($"duration has no method {name}()"),
    };

    private static DateTimeOffset Other(EvaluationContext context, string name, object? value) =>
        value is DateTimeOffset time ? time : throw context.Fail($"{name}() needs a time, not {KindOf(value)}");
}
