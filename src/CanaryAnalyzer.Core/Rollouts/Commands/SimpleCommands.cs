namespace CanaryAnalyzer.Core.Rollouts.Commands;

/// <summary>The commands of one field: abort, retry and pause.</summary>
public static class SimpleCommands
{
    /// <summary>Back to the stable version; nothing where no update is in progress.</summary>
    public static CommandOutcome Abort(CommandState state)
    {
        if (state.IsAborted) return new CommandOutcome.Nothing(state.Version, $"rollout '{state.Name}' is aborted already");
        if (!state.IsStable) return new CommandOutcome.Change(state.Version, new StatusEdit { Abort = true }, Paused: null, $"rollout '{state.Name}' aborted");
        // The controller would forget the abort when it sees the change.
        return state.IsObserved
            ? new CommandOutcome.Nothing(state.Version, $"rollout '{state.Name}' has nothing to abort: no update is in progress")
            : new CommandOutcome.Refused($"rollout '{state.Name}' has a change that its controller hasn't seen yet; abort it when `get rollout` shows the new revision");
    }

    /// <summary>The aborted update once more; nothing where none is aborted.</summary>
    public static CommandOutcome Retry(CommandState state) => state.IsAborted
        ? new CommandOutcome.Change(state.Version, new StatusEdit { Abort = false }, Paused: null, $"rollout '{state.Name}' retried")
        : new CommandOutcome.Nothing(state.Version, $"rollout '{state.Name}' has nothing to retry: it is not aborted");

    /// <summary>Pauses the Rollout until it is promoted; nothing where it is paused already.</summary>
    public static CommandOutcome Pause(CommandState state)
    {
        const string Intent = "to be paused";
        return state.IsPaused
            ? new CommandOutcome.Nothing(Intent, $"rollout '{state.Name}' is paused already")
            : new CommandOutcome.Change(Intent, Status: null, Paused: true, $"rollout '{state.Name}' paused");
    }
}
