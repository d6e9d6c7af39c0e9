using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>
/// When a metric's measurements are due: each an interval after the instant at which the one before was due, however late that was taken and however long it took. All of it
/// follows from what a status holds, in whole seconds, so that a restart changes nothing. Decision 0010.
/// </summary>
internal static class MeasurementGrid
{
    /// <summary>How long is waited after an error, and where nothing else is said.</summary>
    public static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(10);

    /// <summary>A measurement that begins less than this after its time is on time: a status can't tell it from one that does.</summary>
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>When the first measurement is due.</summary>
    public static DateTimeOffset First(MetricSpec metric, DateTimeOffset runStartedAt) => KubernetesTime.RoundUp(runStartedAt + metric.InitialDelay);

    /// <summary>When the measurement after an ended one is due; instants that passed before it ended are left out.</summary>
    public static DateTimeOffset After(MetricSpec metric, Measurement last)
    {
        var ended = last.FinishedAt ?? last.StartedAt;
        if (last.Phase == AnalysisPhase.Error || metric.Interval is not { } interval)
        {
            // A grid of its own begins with the next one, so that no two measurements are closer than an interval.
            var retryAt = ended + UsualPause;
            return last.ResumeAt > retryAt ? last.ResumeAt.Value : retryAt;
        }

        return last.ResumeAt >= ended ? last.ResumeAt.Value : Next(last.StartedAt, interval, ended);
    }

    /// <summary>An ended measurement with its place on the grid.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="due">When it was due.</param>
    /// <param name="asked">When its provider was asked.</param>
    /// <param name="measurement">The measurement.</param>
    /// <returns>
    /// The measurement, begun at the instant at which it was due if that was in the same second. One that was late keeps the instant at which it began, and names in
    /// <see cref="Measurement.ResumeAt"/> the next one that is due, half an interval later at the soonest.
    /// </returns>
    public static Measurement Place(MetricSpec metric, DateTimeOffset due, DateTimeOffset asked, Measurement measurement)
    {
        if (asked - due < Second) return measurement with { StartedAt = due };
        if (measurement.Phase == AnalysisPhase.Error || metric.Interval is not { } interval) return measurement;
        var (began, ended) = (measurement.StartedAt, measurement.FinishedAt ?? measurement.StartedAt);
        var earliest = began + (interval / 2);
        var next = Next(due, interval, ended > earliest ? ended : earliest);
        return next == Next(began, interval, ended) ? measurement : measurement with { ResumeAt = next };
    }

    /// <summary>The first instant of the grid that is an interval or more after the one given, and not before the other.</summary>
    private static DateTimeOffset Next(DateTimeOffset from, TimeSpan interval, DateTimeOffset earliest)
    {
        // Instants of a status are whole seconds: so are the distances between them.
        var whole = Math.Max(1, Ceiling(interval.Ticks, TimeSpan.TicksPerSecond)) * TimeSpan.TicksPerSecond;
        return from.AddTicks(Math.Max(1, Ceiling((earliest - from).Ticks, whole)) * whole);
    }

    private static long Ceiling(long value, long divisor) => (value / divisor) + (value % divisor > 0 ? 1 : 0);
}
