using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Metrics.Compare;
using CanaryAnalyzer.Service.Storage;

namespace CanaryAnalyzer.Service.Jobs;

/// <summary>Where a comparison goes on from: the last word of the run before on the same release, so that a release has one budget of false alarms.</summary>
internal sealed class EvidenceChain(IAnalysisRunStore store, TimeProvider time)
{
    /// <summary>How long the last word of a run that is being ended is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int MostLinks = 10;

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>When to ask again, because the run before has not said its last word; null where the question can be asked.</summary>
    public DateTimeOffset? WaitUntil(OpenQuestion question)
    {
        if (question.Due.Slot.Kind != MeasurementKind.Start || !question.Metric.Spec.Provider.Compares) return null;
        if (Before(question.Run) is not { } before || before.Status.Phase.IsCompleted()) return null;
        var now = time.GetUtcNow();
        return now < (question.Run.Status.StartedAt ?? now) + Patience ? now + Again : null;
    }

    /// <summary>What the run before remembered of the metric, for a comparison that has not looked yet; else null.</summary>
    public string? Remembered(OpenQuestion question, Measurement? previous)
    {
        if (HasLooked(previous)) return null;
        string? remembered = null;
        var run = Before(question.Run);
        for (var links = 0; run is not null && links < MostLinks; links++, run = Before(run))
        {
            var last = run.Status.Result(question.Due.Slot.Metric)?.LastMeasurement;
            remembered ??= last?.Metadata.GetValueOrDefault(MetadataKeys.State);

            // One that was ended before its first look has nothing to add to what it would have gone on from.
            if (HasLooked(last)) return last!.Metadata.GetValueOrDefault(MetadataKeys.State) ?? remembered;
        }

        return remembered;
    }

    /// <summary>Why a comparison that begins now has nothing to go on from although the release was judged before; empty where it has, or was not.</summary>
    public string Anew(OpenQuestion question)
    {
        var annotations = question.Run.Annotations;
        if (question.Due.Slot.Kind != MeasurementKind.Start) return "";
        if (annotations.GetValueOrDefault(Markers.Anew) is { Length: > 0 } why) return $"the evidence begins anew: {why}";
        if (annotations.GetValueOrDefault(Markers.Continues) is not { Length: > 0 } name || Remembered(question, null) is not null) return "";
        return Before(question.Run) is null ? $"the evidence begins anew: AnalysisRun {name}, from which it would go on, is gone"
            : $"the evidence begins anew: AnalysisRun {name} remembers nothing of this metric";
    }

    private AnalysisRun? Before(AnalysisRun run) =>
        run.Annotations.GetValueOrDefault(Markers.Continues) is { Length: > 0 } name && name != run.Name ? store.Read(new ResourceKey(run.Namespace, name))?.Run : null;

    private static bool HasLooked(Measurement? previous) => VerdictValue.LookOf(previous?.Value) > 0;
}
