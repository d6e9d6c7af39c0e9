using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Commands;

/// <summary>
/// Promotes. A promote ends the pause that the user saw, or skips the step that was current then, and never a later one: while the controller still takes up an earlier
/// promote there is nothing to do, and a step that began after the command was started is refused.
/// </summary>
public static class Promotion
{
    /// <summary>To the next step.</summary>
    public static CommandOutcome Next(CommandState state, SeenStep seen)
    {
        if (seen.Problem(state) is { } problem) return new CommandOutcome.Refused(problem);
        var step = state.Step ?? 0;
        int? next = step < state.StepCount ? step + 1 : null;
        if (state.Pauses.Any(pause => pause.Reason == PauseCondition.InconclusiveAnalysis) && next is not null)
            return Change(new StatusEdit { ClearsPauses = true, ControllerPause = false, Step = next });
        if (!state.Pauses.IsEmpty) return Change(new StatusEdit { ClearsPauses = true });
        if (state.IsResuming || state.IsSkipping) return Unpause("is being promoted already");
        return next is null ? Unpause("has no step to promote") : Change(new StatusEdit { ClearsPauses = true, Step = next });

        CommandOutcome.Change Change(StatusEdit? edit) => new CommandOutcome.Change(state.Position, edit, Unpaused(state), $"rollout '{state.Name}' promoted");
        CommandOutcome Unpause(string otherwise) =>
            state.IsPaused ? Change(null) : new CommandOutcome.Nothing(state.Position, $"rollout '{state.Name}' {otherwise}");
    }

    /// <summary>To the end, without what is left of steps, pauses and analyses.</summary>
    public static CommandOutcome Full(CommandState state)
    {
        if (!state.IsObserved)
            return new CommandOutcome.Refused($"rollout '{state.Name}' has a change that its controller hasn't seen yet; promote it when `get rollout` shows the new revision");
        var isDone = state.CurrentHash == state.StableHash;
        return isDone && !state.IsPaused
            ? new CommandOutcome.Nothing(state.Version, $"rollout '{state.Name}' is fully promoted already")
            : new CommandOutcome.Change(
                state.Version, isDone ? null : new StatusEdit { PromoteFull = true }, Unpaused(state), $"rollout '{state.Name}' fully promoted");
    }

    private static bool? Unpaused(CommandState state) => state.IsPaused ? false : null;
}
