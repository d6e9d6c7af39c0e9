using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Cli.Viewing;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Changing;

/// <summary>The simple things that people want of a Rollout.</summary>
internal static class Changes
{
    /// <summary>Back to the stable version; nothing where the version is stable already.</summary>
    /// <exception cref="CliException">The controller has not seen the latest change yet: it would forget the abort when it sees it.</exception>
    public static RolloutChange Abort(JsonObject rollout)
    {
        var change = new RolloutChange(Version(rollout), $"rollout '{Name(rollout)}' aborted");
        if (rollout.Flag("status", "abort")) return change with { Done = $"rollout '{Name(rollout)}' is aborted already" };
        if (!IsStable(rollout)) return change with { Status = new JsonObject { ["abort"] = true } };
        return RolloutPhase.IsObserved(rollout)
            ? change with { Done = $"rollout '{Name(rollout)}' has nothing to abort: no update is in progress" }
            : throw new CliException($"rollout '{Name(rollout)}' has a change that its controller hasn't seen yet; abort it when `get rollout` shows the new revision");
    }

    /// <summary>The aborted update once more; nothing where none is aborted.</summary>
    public static RolloutChange Retry(JsonObject rollout)
    {
        var change = new RolloutChange(Version(rollout), $"rollout '{Name(rollout)}' retried");
        return rollout.Flag("status", "abort")
            ? change with { Status = new JsonObject { ["abort"] = false } }
            : change with { Done = $"rollout '{Name(rollout)}' has nothing to retry: it is not aborted" };
    }

    /// <summary>Stand still; nothing where it does already.</summary>
    public static RolloutChange Pause(JsonObject rollout)
    {
        var change = new RolloutChange("to be paused", $"rollout '{Name(rollout)}' paused");
        return rollout.Flag("spec", "paused")
            ? change with { Done = $"rollout '{Name(rollout)}' is paused already" }
            : change with { Spec = new JsonObject { ["paused"] = true } };
    }

    /// <summary>Whether the version that is wanted is the stable one: no update is in progress.</summary>
    private static bool IsStable(JsonObject rollout) =>
        rollout.Text("status", "currentPodHash") is { Length: > 0 } current && current == rollout.Text("status", "stableRS");

    public static string Name(JsonObject rollout) => rollout.Text("metadata", "name") ?? "";

    public static string Version(JsonObject rollout) => $"at version {rollout.Text("status", "currentPodHash")}";
}
