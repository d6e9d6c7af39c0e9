using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Client.Views;

/// <summary>Which AnalysisRun judges a Rollout's release.</summary>
public static class JudgingRun
{
    /// <summary>The one of the current step; null where the step has none.</summary>
    public static string? OfStep(JsonObject rollout) => rollout.Text("status", "canary", "currentStepAnalysisRunStatus", "name");

    /// <summary>The one that judges now, at a step or between two; null while none does.</summary>
    public static string? Now(JsonObject rollout) => OfStep(rollout) ?? rollout.Text("status", "canary", "release", "analysisRun", "name");

    /// <summary>The one that judges now, or did last, be it in the background alone; null where none did.</summary>
    public static string? Last(JsonObject rollout)
    {
        var canary = rollout.At("status", "canary");
        return Now(rollout) ?? canary.Text("release", "lastRun") ?? canary.Text("currentBackgroundAnalysisRunStatus", "name");
    }
}
