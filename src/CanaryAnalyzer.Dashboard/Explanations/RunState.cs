using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Dashboard.Explanations;

/// <summary>What an AnalysisRun's and a Rollout's status say about looks.</summary>
internal static class RunState
{
    private static readonly string[] Ended = ["Successful", "Failed", "Error", "Inconclusive"];

    /// <summary>Whether a run measures no more.</summary>
    public static bool HasEnded(JsonObject run) => Ended.Contains(run.Text("status", "phase"));

    /// <summary>When a run looks next; null where nothing says so.</summary>
    public static DateTimeOffset? NextLookAt(JsonObject run)
    {
        var measurements = run.Objects("status", "metricResults").Where(m => m.Text("phase") == "Running").Select(m => m.Objects("measurements").LastOrDefault());
        return measurements.Select(m => KubernetesTime.Parse(m.Text("resumeAt"))).Where(at => at is not null).Min();
    }

    /// <summary>The AnalysisRun that judges a Rollout's release now, or did last; null where none did.</summary>
    public static string? CurrentRun(JsonObject rollout)
    {
        var canary = rollout.At("status", "canary");
        return canary.Text("currentStepAnalysisRunStatus", "name") ?? canary.Text("release", "analysisRun", "name") ?? canary.Text("release", "lastRun")
            ?? canary.Text("currentBackgroundAnalysisRunStatus", "name");
    }
}
