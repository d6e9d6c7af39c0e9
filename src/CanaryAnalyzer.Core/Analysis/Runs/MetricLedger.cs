using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>Enters answers into a metric's result, each once.</summary>
internal static class MetricLedger
{
    private const int LongestMessage = 2048;

    /// <summary>How long a provider waits at least.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    /// <summary>The question that comes next; null where the metric has all its answers.</summary>
    public static DueMeasurement? Next(PlannedMetric metric, MetricResult? result, DateTimeOffset runStartedAt, bool terminating)
    {
        var spec = metric.Spec;
        if (result is { LastMeasurement: { FinishedAt: null } running })
        {
            var kind = terminating ? MeasurementKind.Terminate : MeasurementKind.Resume;
            var at = terminating ? running.StartedAt : running.ResumeAt ?? running.StartedAt;
            return new DueMeasurement(new MeasurementSlot(spec.Name, result.Ended, kind, running.ResumeAt), at);
        }

        if (terminating || result is { Phase: var phase } && phase.IsCompleted()) return null;
        var slot = new MeasurementSlot(spec.Name, result?.Ended ?? 0, MeasurementKind.Start, null);
        if (result?.LastMeasurement is not { } last) return new DueMeasurement(slot, MeasurementGrid.First(spec, runStartedAt));
        return spec.EffectiveCount is { } count && result.Count >= count ? null : new DueMeasurement(slot, MeasurementGrid.After(spec, last));
    }

    /// <summary>The result with this answer in it; the same result where it is no answer to what is asked now.</summary>
    public static MetricResult? Enter(PlannedMetric metric, MetricResult? result, MeasurementAnswer answer, DateTimeOffset runStartedAt)
    {
        var last = result?.LastMeasurement;
        var isRunning = last is { FinishedAt: null };
        if (result is { Phase: var phase } && phase.IsCompleted()) return result;
        if (answer.Slot.Ended != (result?.Ended ?? 0)) return result;
        if (answer.Slot.Kind == MeasurementKind.Start ? isRunning : !isRunning || answer.Slot.Look != last!.ResumeAt) return result;

        var measurement = Settle(answer);
        if (measurement.FinishedAt is not null && !metric.Spec.Provider.Compares && Next(metric, result, runStartedAt, terminating: false) is { } due)
            measurement = MeasurementGrid.Place(metric.Spec, due.At, answer.Measurement.StartedAt, measurement);
        var known = result ?? new MetricResult { Name = metric.Spec.Name, DryRun = metric.DryRun };
        var measurements = isRunning ? known.Measurements.SetItem(known.Measurements.Length - 1, measurement) : known.Measurements.Add(measurement);
        return Count(known, measurement.Phase) with
        {
            Measurements = measurements,
            Metadata = answer.MetricMetadata.Count > 0 ? answer.MetricMetadata : known.Metadata,
        };
    }

    private static Measurement Settle(MeasurementAnswer answer)
    {
        var now = answer.ReceivedAt;
        var measurement = answer.Measurement;
        var message = Shorten(measurement.Message);
        var phase = measurement.Phase;
        if (answer.Slot.Kind == MeasurementKind.Terminate)
        {
            // Whoever was asked to end has ended.
            if (!phase.IsCompleted()) phase = AnalysisPhase.Inconclusive;
            if (phase is AnalysisPhase.Successful or AnalysisPhase.Inconclusive) message = message.Length == 0 ? "Metric Terminated" : $"Metric Terminated: {message}";
        }

        var isRunning = !phase.IsCompleted();
        var earliest = now + ShortestPause;
        var resumeAt = measurement.ResumeAt ?? now + MeasurementGrid.UsualPause;
        return measurement with
        {
            Phase = isRunning ? AnalysisPhase.Running : phase,
            Message = message,
            Explanation = null,
            StartedAt = KubernetesTime.RoundUp(measurement.StartedAt),
            FinishedAt = isRunning ? null : KubernetesTime.RoundUp(measurement.FinishedAt ?? now),
            ResumeAt = isRunning ? KubernetesTime.RoundUp(resumeAt < earliest ? earliest : resumeAt)
                : phase == AnalysisPhase.Error && measurement.ResumeAt is { } notBefore ? KubernetesTime.RoundUp(notBefore) : null,
        };
    }

    private static MetricResult Count(MetricResult result, AnalysisPhase phase) => phase switch
    {
        AnalysisPhase.Successful => result with { Successful = result.Successful + 1, Count = result.Count + 1, ConsecutiveError = 0, ConsecutiveSuccess = result.ConsecutiveSuccess + 1 },
        AnalysisPhase.Failed => result with { Failed = result.Failed + 1, Count = result.Count + 1, ConsecutiveError = 0, ConsecutiveSuccess = 0 },
        AnalysisPhase.Inconclusive => result with { Inconclusive = result.Inconclusive + 1, Count = result.Count + 1, ConsecutiveError = 0, ConsecutiveSuccess = 0 },
        AnalysisPhase.Error => result with { Error = result.Error + 1, ConsecutiveError = result.ConsecutiveError + 1, ConsecutiveSuccess = 0 },
        _ => result,
    };

    private static string Shorten(string message) => message.Length <= LongestMessage ? message : string.Concat(message.AsSpan(0, LongestMessage - 1), "…");
}
