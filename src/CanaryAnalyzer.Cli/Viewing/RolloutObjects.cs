using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Cli.Viewing;

/// <summary>A Rollout and the objects of its namespace among which its own are found by their owners.</summary>
internal sealed record RolloutObjects(
    JsonObject Rollout,
    IReadOnlyList<JsonObject> ReplicaSets,
    IReadOnlyList<JsonObject> Pods,
    IReadOnlyList<JsonObject> AnalysisRuns,
    IReadOnlyList<JsonObject> Experiments);
