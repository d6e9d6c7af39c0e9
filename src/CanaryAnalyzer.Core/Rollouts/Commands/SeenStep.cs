using System.Globalization;

namespace CanaryAnalyzer.Core.Rollouts.Commands;

/// <summary>The step that a user saw when a promote was started: two promotes at once are meant for one step, and must not pass two.</summary>
/// <param name="Named">The step that the user named, as <c>get rollout</c> shows it; null where none was.</param>
/// <param name="Started">When the command was started.</param>
public sealed record SeenStep(int? Named, DateTimeOffset Started)
{
    /// <summary>Why the Rollout may not be promoted: it is at another step than the user saw. Null where it is at that one.</summary>
    public string? Problem(CommandState state)
    {
        if (Named is { } named && named != state.Step)
            return string.Create(CultureInfo.InvariantCulture, $"rollout '{state.Name}' is at step {state.Step}, not at step {named}; nothing was done");
        return Named is not null || !(state.StepSince > Started) ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"rollout '{state.Name}' came to step {state.Step} after this command was started; nothing was done. To promote that step too, run it again, or name the step, as where this machine's clock is behind the cluster's: --step {state.Step}");
    }
}
