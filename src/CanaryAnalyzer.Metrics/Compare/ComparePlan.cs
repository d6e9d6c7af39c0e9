using System.Globalization;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>When a comparison looks, and how it judges.</summary>
internal sealed class ComparePlan
{
    /// <summary>How long samples are waited for where their distance isn't known yet.</summary>
    private static readonly TimeSpan Guess = TimeSpan.FromSeconds(15);

    public ComparePlan(CompareSpec spec, MeasurementRequest request)
    {
        Spec = spec;
        Request = request;
        StartedAt = request.Previous?.StartedAt ?? KubernetesTime.RoundUp(request.Now);
        Options = JudgeOptionsOf(spec, request, StartedAt);
    }

    public CompareSpec Spec { get; }

    public MeasurementRequest Request { get; }

    /// <summary>The first instant of the grid.</summary>
    public DateTimeOffset StartedAt { get; }

    public JudgeOptions Options { get; }

    /// <summary>Whether harm alone ends the measurement.</summary>
    public bool EndsOnlyByHarm => Request.Purpose is RunPurpose.Background or RunPurpose.Release;

    /// <summary>Whether the looks go on when time is up: at a pause the policy acts.</summary>
    public bool LooksOn => Request.Purpose is RunPurpose.Pause or RunPurpose.Background or RunPurpose.Release;

    /// <summary>
    /// The share of requests that the canary should get: as the measure says, else the weight at the pause; null where that isn't known, as in runs over several weights.
    /// </summary>
    public double? ExpectedShare(MeasureSpec measure)
    {
        if (measure is not MeasureSpec.Traffic traffic) return null;
        if (traffic.Share is { } share) return share;
        var isFixed = Request.Purpose is not (RunPurpose.Background or RunPurpose.Release);
        return isFixed && double.TryParse(Request.Arguments.GetValueOrDefault("canary-weight"), NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) && weight is > 0 and < 100 ? weight / 100 : null;
    }

    /// <summary>An instant of the grid.</summary>
    public DateTimeOffset At(int number) => StartedAt + (number * Spec.Interval);

    /// <summary>When an instant can be looked at: one scrape later, so that its numbers never change.</summary>
    public DateTimeOffset DueAt(int number, long? scrape) => KubernetesTime.RoundUp(At(number) + Wait(scrape));

    /// <summary>How long after it was due a look is taken now; null where that is no more than two intervals and a minute, as happens to every controller, and in a replay.</summary>
    public TimeSpan? LateBy(int number, long? scrape)
    {
        if (Request.IsReplay) return null;
        var late = Request.Now - DueAt(number, scrape);
        return late > 2 * Spec.Interval && late > TimeSpan.FromMinutes(1) ? late : null;
    }

    public TimeSpan Wait(long? scrape) =>
        scrape is { } known ? TimeSpan.FromMilliseconds(known) : Spec.ScrapeInterval ?? (Spec.Interval < Guess ? Spec.Interval : Guess);

    /// <summary>Whether an answer is wanted at an instant.</summary>
    public bool IsDeadline(DateTimeOffset at) => Options.MaxDuration is { } most && at - StartedAt >= most;

    private static JudgeOptions JudgeOptionsOf(CompareSpec spec, MeasurementRequest request, DateTimeOffset startedAt)
    {
        TimeSpan? most = spec.MaxDuration;
        if (request.Deadline - startedAt < most) most = request.Deadline - startedAt;
        return CompareJudging.Options(spec, request.Comparisons, request.Purpose is RunPurpose.Background or RunPurpose.Release ? null : most, request.IsLastPause);
    }
}
