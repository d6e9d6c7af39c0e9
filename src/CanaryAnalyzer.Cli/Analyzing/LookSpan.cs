using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Cli.Analyzing;

/// <summary>The time that is judged.</summary>
/// <param name="Start">When counting begins.</param>
/// <param name="Until">When it ends; null goes on until there is a verdict.</param>
internal readonly record struct LookSpan(DateTimeOffset Start, DateTimeOffset? Until)
{
    // The samples of the last moments are still on their way.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);

    /// <summary>The time that the options mean.</summary>
    /// <exception cref="CliException">They mean none.</exception>
    public static LookSpan Of(string? start, string? since, string? until, bool follow, IEnumerable<CompareSpec> comparisons, DateTimeOffset now)
    {
        var longest = comparisons.Max(spec => spec.MaxDuration);
        if (start is not null && since is not null)
            throw new CliException("--start and --since exclude each other");
        if (follow && until is not null)
            throw new CliException("--follow goes on until there is a verdict: leave out --until");
        DateTimeOffset? end = follow ? null : until is null ? now - Settling : Instant(until, "--until");
        if (end > now)
            throw new CliException($"--until {until} lies ahead: leave it out, and write --follow to look on");
        var begin = start is not null ? Instant(start, "--start") : since is not null ? (end ?? now) - Duration(since) : follow ? now : end!.Value - longest;
        if (begin > now)
            throw new CliException($"--start {start} lies ahead");
        var shortest = comparisons.Min(spec => spec.Interval);
        if (end - begin < shortest)
            throw new CliException($"there is no look between {Text(begin)} and {Text(end ?? now)}: the looks are {GoDuration.Format(shortest)} apart; begin earlier");
        return new LookSpan(WholeSecond(begin), end);
    }

    /// <summary>The end on a comparison's grid; null where there is no end.</summary>
    public DateTimeOffset? LastLook(TimeSpan interval) => Until is { } end ? Start + (Math.Floor((end - Start) / interval) * interval) : null;

    /// <summary>An instant as the output has it.</summary>
    public static string Text(DateTimeOffset instant) => KubernetesTime.Format(instant);

    private static DateTimeOffset Instant(string text, string option)
    {
        const System.Globalization.DateTimeStyles Utc = System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, Utc, out var instant)
            ? instant
            : throw new CliException($"{option} must be a time such as 2026-03-01T10:00:00Z, not {text}");
    }

    private static TimeSpan Duration(string text) => GoDuration.TryParse(text, out var duration) && duration > TimeSpan.Zero
        ? duration
        : throw new CliException($"--since must be a duration such as 30m, not {text}");

    private static DateTimeOffset WholeSecond(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));
}
