using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Changing;

/// <summary>The simple things that people want of a Rollout.</summary>
internal static class Changes
{
    /// <summary>Back to the stable version.</summary>
    public static RolloutChange Abort(JsonObject rollout) => new(Version(rollout), $"rollout '{Name(rollout)}' aborted")
    {
        Status = new JsonObject { ["abort"] = true },
    };

    /// <summary>The aborted update once more.</summary>
    public static RolloutChange Retry(JsonObject rollout) => new(Version(rollout), $"rollout '{Name(rollout)}' retried")
    {
        Status = new JsonObject { ["abort"] = false },
    };

    /// <summary>Stand still.</summary>
    public static RolloutChange Pause(JsonObject rollout) => new("to be paused", $"rollout '{Name(rollout)}' paused")
    {
        Spec = new JsonObject { ["paused"] = true },
    };

    public static string Name(JsonObject rollout) => rollout.Text("metadata", "name") ?? "";

    public static string Version(JsonObject rollout) => $"at version {rollout.Text("status", "currentPodHash")}";
}
