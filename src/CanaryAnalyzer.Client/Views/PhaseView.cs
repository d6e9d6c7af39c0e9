using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Client.Views;

/// <summary>A Rollout's phase and message, as a client sees them: what the controller hasn't seen yet counts before what it wrote.</summary>
public readonly record struct PhaseView(string Phase, string Message)
{
    private const string WorkloadGenerationAnnotation = "rollout.argoproj.io/workload-generation";

    /// <summary>Reads it.</summary>
    public static PhaseView Of(JsonObject rollout)
    {
        if (!IsObserved(rollout))
            return new PhaseView("Progressing", "waiting for rollout spec update to be observed");
        if (!IsWorkloadObserved(rollout))
            return new PhaseView("Progressing", "waiting for rollout spec update to be observed for the reference workload");
        if (IsUnpausing(rollout))
            return new PhaseView("Progressing", "waiting for rollout to unpause");
        return rollout.Text("status", "phase") is { Length: > 0 } phase
            ? new PhaseView(phase, rollout.Text("status", "message") ?? "")
            : new PhaseView("Progressing", "waiting for a controller to take it up");
    }

    /// <summary>Whether the controller has seen the current spec.</summary>
    public static bool IsObserved(JsonObject rollout) =>
        !long.TryParse(rollout.Text("status", "observedGeneration"), CultureInfo.InvariantCulture, out var observed)
        || rollout.Whole("metadata", "generation") is not { } generation
        || observed >= generation;

    /// <summary>Whether somebody ended a pause, and the controller hasn't gone on yet.</summary>
    public static bool IsUnpausing(JsonObject rollout) =>
        rollout.Flag("status", "controllerPause") && !rollout.Items("status", "pauseConditions").Any();

    private static bool IsWorkloadObserved(JsonObject rollout) =>
        rollout.At("spec", "workloadRef") is null
        || rollout.Text("metadata", "annotations", WorkloadGenerationAnnotation) is not { } generation
        || rollout.Text("status", "workloadObservedGeneration") is not { } observed
        || generation == observed;
}
