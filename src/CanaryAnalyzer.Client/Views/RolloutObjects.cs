using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Client.Views;

/// <summary>A Rollout and the objects of its namespace among which its own are found by their owners.</summary>
public sealed record RolloutObjects(
    JsonObject Rollout,
    IReadOnlyList<JsonObject> ReplicaSets,
    IReadOnlyList<JsonObject> Pods,
    IReadOnlyList<JsonObject> AnalysisRuns,
    IReadOnlyList<JsonObject> Experiments);
