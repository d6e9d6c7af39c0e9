using CanaryAnalyzer.Core.Analysis.Judging.Measures;

namespace CanaryAnalyzer.Core.Analysis.Judging.Deciding;

/// <summary>
/// When safety is tested: a function of elapsed time alone, never of what was counted. From the minimal duration to the longest one at times that grow by a constant
/// factor; where promotion waits for the end, only there; and after the end ever more rarely.
/// </summary>
/// <param name="Last">Elapsed time at the last planned look that was taken; zero before the first.</param>
/// <param name="Ended">When somebody wanted an answer earlier than after the longest duration, that time; else null.</param>
internal sealed record PlannedLooks(TimeSpan Last, TimeSpan? Ended)
{
    private const double Slack = 1e-9;

    /// <summary>No look was taken.</summary>
    public static PlannedLooks None { get; } = new(TimeSpan.Zero, null);

    /// <summary>The state after a look; and at a planned one, its elapsed time as a share of the longest duration.</summary>
    public (PlannedLooks State, double? Share) Take(LookInput input, JudgeOptions options, SeqSettings settings)
    {
        var (at, ended) = (input.Elapsed, Ended);
        if (input.IsDeadline && ended is null && !(at > options.MaxDuration - (options.Interval / 2)))
            ended = at;
        if ((ended ?? options.MaxDuration) is not { } end || end <= TimeSpan.Zero)
            return (this with { Ended = ended }, null);
        if (at < end && at > end - (options.Interval / 2))
            at = end;
        if (!(Latest(at, end, options, settings) > Last))
            return (this with { Ended = ended }, null);
        return (new(at, ended), at / end);
    }

    /// <summary>When the next one is due; null where no more are planned, as in a run without an end.</summary>
    public TimeSpan? Next(JudgeOptions options, SeqSettings settings)
    {
        if (!settings.PlansSafety || (Ended ?? options.MaxDuration) is not { } end || end <= TimeSpan.Zero)
            return null;
        if (Last >= end)
            return end * Math.Pow(2, (Math.Floor((2 * Math.Log2(Last / end)) + Slack) + 1) / 2);
        var first = First(options);
        if (options.Promote == PromoteWhen.AtEnd || first >= end)
            return end;
        return Last < first ? first : Planned(Number(Last, first, end, settings) + 1, first, end, settings);
    }

    private static TimeSpan? Latest(TimeSpan at, TimeSpan end, JudgeOptions options, SeqSettings settings)
    {
        if (at >= end)
            return end * Math.Pow(2, Math.Floor((2 * Math.Log2(at / end)) + Slack) / 2);
        var first = First(options);
        return options.Promote == PromoteWhen.AtEnd || first >= end || at < first ? null : Planned(Number(at, first, end, settings), first, end, settings);
    }

    private static TimeSpan First(JudgeOptions options) => options.MinDuration > options.Interval ? options.MinDuration : options.Interval;

    private static int Steps(TimeSpan first, TimeSpan end, SeqSettings settings) => (int)Math.Ceiling((Math.Log(end / first) / Math.Log(settings.PlannedRatio)) - Slack);

    private static int Number(TimeSpan at, TimeSpan first, TimeSpan end, SeqSettings settings) =>
        (int)Math.Floor((Steps(first, end, settings) * Math.Log(at / first) / Math.Log(end / first)) + Slack);

    private static TimeSpan Planned(int number, TimeSpan first, TimeSpan end, SeqSettings settings)
    {
        var steps = Steps(first, end, settings);
        return number >= steps ? end : first * Math.Pow(end / first, (double)number / steps);
    }
}
