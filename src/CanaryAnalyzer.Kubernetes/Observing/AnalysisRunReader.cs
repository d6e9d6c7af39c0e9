using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Reads an AnalysisRun, as far as its Rollout cares.</summary>
internal static class AnalysisRunReader
{
    /// <summary>A run that nobody deleted; else null.</summary>
    public static AnalysisRunObservation? ReadUndeleted(JsonObject resource) => resource.IsDeleting() ? null : Read(resource);

    public static AnalysisRunObservation Read(JsonObject resource)
    {
        var labels = resource.Labels();
        var run = AnalysisRuns.Read(resource);
        var isTerminated = resource.Flag("spec", "terminate");
        return new AnalysisRunObservation
        {
            Name = resource.Name(),
            Kind = Kind(labels.GetValueOrDefault(Markers.RunType)),
            PodHash = labels.GetValueOrDefault(Markers.PodHash, ""),
            StepIndex = int.TryParse(labels.GetValueOrDefault(Markers.StepIndex), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null,
            CreatedAt = resource.CreatedAt(),
            CompletedAt = KubernetesTime.Parse(resource.Text("status", "completedAt")),
            Phase = Enum.TryParse<AnalysisPhase>(resource.Text("status", "phase"), out var phase) ? phase : AnalysisPhase.Pending,
            Message = resource.Text("status", "message") ?? "",
            IsTerminated = isTerminated,
            ProvesSuccess = run is { ProvesSuccess: true },
            Fingerprint = resource.Annotations().GetValueOrDefault(Markers.Fingerprint, ""),
            Continues = resource.Annotations().GetValueOrDefault(Markers.Continues, ""),
            NextLookAt = run?.Status.MetricResults.Where(m => m.Phase == AnalysisPhase.Running).Select(m => m.LastMeasurement is { FinishedAt: null } running ? running.ResumeAt : null).Min(),
            Verdict = run is null ? null : VerdictReader.Read(run),
        };
    }

    private static AnalysisRunKind Kind(string? label) => label switch
    {
        "Step" => AnalysisRunKind.Step,
        "Background" => AnalysisRunKind.Background,
        "Pause" => AnalysisRunKind.Pause,
        "Release" => AnalysisRunKind.Release,
        _ => AnalysisRunKind.Other,
    };
}
