using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Cli.Viewing;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Changing;

/// <summary>
/// Going on. A promote ends the pause that the person saw, or skips the step that was running then, and never a later one: while the controller is still
/// taking up an earlier promote there is nothing to do, and a step that began after the command was started is refused.
/// </summary>
internal static class Promotion
{
    private const string Inconclusive = "InconclusiveAnalysisRun";

    /// <summary>To the next step.</summary>
    /// <exception cref="CliException">The Rollout is at another step than the user saw.</exception>
    public static RolloutChange Next(JsonObject rollout, SeenStep seen)
    {
        seen.Require(rollout);
        var name = Changes.Name(rollout);
        var change = new RolloutChange(State(rollout), $"rollout '{name}' promoted") { Spec = Unpaused(rollout) };
        var reasons = rollout.Items("status", "pauseConditions").Select(condition => condition.Text("reason")).ToList();
        var next = NextStep(rollout);
        if (reasons.Contains(Inconclusive) && next is not null)
            return change with { Status = new JsonObject { ["pauseConditions"] = null, ["controllerPause"] = false, ["currentStepIndex"] = next } };
        if (reasons.Count > 0)
            return change with { Status = new JsonObject { ["pauseConditions"] = null } };
        if (RolloutPhase.IsUnpausing(rollout) || SeenStep.IsBeingSkipped(rollout))
            return change.Spec is null ? change with { Done = $"rollout '{name}' is being promoted already" } : change;
        if (next is not null)
            return change with { Status = new JsonObject { ["pauseConditions"] = null, ["currentStepIndex"] = next } };
        return change.Spec is null ? change with { Done = $"rollout '{name}' has no step to promote" } : change;
    }

    /// <summary>To the end, without steps, pauses and analysis.</summary>
    public static RolloutChange Full(JsonObject rollout)
    {
        var name = Changes.Name(rollout);
        if (!RolloutPhase.IsObserved(rollout))
            throw new CliException($"rollout '{name}' has a change that its controller hasn't seen yet; promote it when `get rollout` shows the new revision");
        var isDone = rollout.Text("status", "currentPodHash") == rollout.Text("status", "stableRS");
        var change = new RolloutChange(Changes.Version(rollout), $"rollout '{name}' fully promoted") { Spec = Unpaused(rollout) };
        if (!isDone)
            return change with { Status = new JsonObject { ["promoteFull"] = true } };
        return change.Spec is null ? change with { Done = $"rollout '{name}' is fully promoted already" } : change;
    }

    private static JsonObject? Unpaused(JsonObject rollout) => rollout.Flag("spec", "paused") ? new JsonObject { ["paused"] = false } : null;

    private static int? NextStep(JsonObject rollout)
    {
        var steps = rollout.Items("spec", "strategy", "canary", "steps").Count();
        var index = rollout.Whole("status", "currentStepIndex") ?? 0;
        return index < steps ? index + 1 : null;
    }

    private static string State(JsonObject rollout)
    {
        var pauses = rollout.Items("status", "pauseConditions").Select(pause => $"{pause.Text("reason")} since {pause.Text("startTime")}").ToList();
        var step = rollout.Whole("status", "currentStepIndex") is { } index ? string.Create(CultureInfo.InvariantCulture, $" in step {index}") : "";
        var pause = pauses.Count > 0 ? $" paused ({string.Join(", ", pauses)})" : RolloutPhase.IsUnpausing(rollout) ? " going on" : "";
        return Changes.Version(rollout) + step + pause;
    }
}
