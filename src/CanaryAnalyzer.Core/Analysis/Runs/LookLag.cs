using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Templates.Providers;

namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>
/// Tells how far measurements are behind their time, whatever holds them up. For a comparison the grid counts, since a look that fails is due again a moment later:
/// by its <c>resumeAt</c> it would never be late.
/// </summary>
public static class LookLag
{
    private static readonly TimeSpan ShortestAccepted = TimeSpan.FromMinutes(1);

    /// <summary>How long samples are waited for where their distance isn't known.</summary>
    private static readonly TimeSpan UsualScrape = TimeSpan.FromSeconds(15);

    /// <summary>The lag of each metric of a run that still waits for a measurement.</summary>
    /// <param name="plan">The run's metrics.</param>
    /// <param name="status">The run's status; nothing lags before it has begun.</param>
    /// <param name="now">The instant.</param>
    public static IReadOnlyList<MeasurementLag> Of(RunPlan plan, RunStatus status, DateTimeOffset now)
    {
        if (status.StartedAt is null || status.Phase.IsCompleted()) return [];
        return [.. plan.Metrics.Select(metric => Of(metric, status, now)).OfType<MeasurementLag>()];
    }

    /// <summary>The lag of one metric of a run; null where it waits for nothing.</summary>
    public static MeasurementLag? Of(PlannedMetric metric, RunStatus status, DateTimeOffset now)
    {
        var result = status.Result(metric.Spec.Name);
        if (status.StartedAt is not { } startedAt || MetricLedger.Next(metric, result, startedAt, terminating: false) is not { } next) return null;
        var compare = metric.Spec.Provider as CompareSpec;
        var (due, isFailing) = (next.At, result?.LastMeasurement is { Phase: AnalysisPhase.Error });
        if (compare is not null && result?.LastMeasurement is { FinishedAt: null } running) (due, isFailing) = Due(compare, running);
        var accepted = 2 * (compare?.Interval ?? metric.Spec.Interval ?? TimeSpan.Zero);
        var lag = now > due ? now - due : TimeSpan.Zero;
        return new MeasurementLag(metric.Spec.Name, compare is not null, lag, accepted > ShortestAccepted ? accepted : ShortestAccepted, isFailing);
    }

    private static (DateTimeOffset Due, bool IsFailing) Due(CompareSpec compare, Measurement running)
    {
        var isFailing = VerdictValue.Read(running.Value, out _)?.Reason == VerdictReason.QueryError;
        var look = VerdictValue.LookOf(running.Value) ?? -1;
        var grid = running.StartedAt + ((isFailing ? look : look + 1) * compare.Interval);

        // A look that was taken in time has named the next one's instant, with the scrape that is waited for.
        if (!isFailing && running.ResumeAt is { } resume && resume >= grid && resume - grid <= ShortestAccepted) return (resume, false);
        return (grid + (compare.ScrapeInterval ?? (compare.Interval < UsualScrape ? compare.Interval : UsualScrape)), isFailing);
    }
}
