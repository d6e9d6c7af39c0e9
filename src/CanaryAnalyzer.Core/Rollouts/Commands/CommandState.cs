using System.Collections.Immutable;
using System.Globalization;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Rollouts.Commands;

/// <summary>What of a Rollout a user's command depends on, whichever controller runs it.</summary>
public sealed record CommandState
{
    /// <summary>The Rollout's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether <c>spec.paused</c> is set.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Whether an abort is requested, or the update is aborted.</summary>
    public bool IsAborted { get; init; }

    /// <summary>Whether the controller has observed the current spec.</summary>
    public bool IsObserved { get; init; } = true;

    /// <summary>The hash of the version that is deployed or being deployed; empty before the first reconcile.</summary>
    public string CurrentHash { get; init; } = "";

    /// <summary>The hash of the stable version; empty before the first one.</summary>
    public string StableHash { get; init; } = "";

    /// <summary>Whether the controller paused the update.</summary>
    public bool ControllerPause { get; init; }

    /// <summary>Why it is paused; empty once a user has ended the pause.</summary>
    public ImmutableArray<PauseCondition> Pauses { get; init; } = [];

    /// <summary>The index of the current step; null without steps.</summary>
    public int? Step { get; init; }

    /// <summary>The number of steps.</summary>
    public int StepCount { get; init; }

    /// <summary>The step that the controller last worked on; null where it doesn't record it.</summary>
    public int? ObservedStep { get; init; }

    /// <summary>Since when; null where it doesn't record it.</summary>
    public DateTimeOffset? StepSince { get; init; }

    /// <summary>Whether no update is in progress.</summary>
    public bool IsStable => CurrentHash.Length > 0 && CurrentHash == StableHash;

    /// <summary>Whether a user ended a pause, and the controller hasn't resumed yet.</summary>
    public bool IsResuming => ControllerPause && Pauses.IsEmpty;

    /// <summary>Whether a promote skipped to the step, and no controller has taken it up.</summary>
    public bool IsSkipping => ObservedStep is { } known && known != Step;

    /// <summary>The version, as an intent names it.</summary>
    internal string Version => $"at version {CurrentHash}";

    /// <summary>The version, step and pause, as an intent names them.</summary>
    internal string Position
    {
        get
        {
            var step = Step is { } index ? string.Create(CultureInfo.InvariantCulture, $" in step {index}") : "";
            var pauses = string.Join(", ", Pauses.Select(pause => $"{pause.Reason} since {KubernetesTime.Format(pause.StartTime)}"));
            return Version + step + (pauses.Length > 0 ? $" paused ({pauses})" : IsResuming ? " resuming" : "");
        }
    }

    /// <summary>The state that a spec and a status describe.</summary>
    /// <param name="name">The Rollout's name.</param>
    /// <param name="status">Its status.</param>
    /// <param name="stepCount">The number of its steps.</param>
    /// <param name="isPaused">Whether <c>spec.paused</c> is set.</param>
    public static CommandState Of(string name, RolloutStatus status, int stepCount, bool isPaused) => new()
    {
        Name = name,
        IsPaused = isPaused,
        IsAborted = status.Abort,
        CurrentHash = status.CurrentPodHash,
        StableHash = status.StableHash,
        ControllerPause = status.ControllerPause,
        Pauses = status.PauseConditions,
        Step = status.CurrentStepIndex,
        StepCount = stepCount,
        ObservedStep = status.Release?.Step,
        StepSince = status.Release?.StepSince ?? status.PauseConditions.Select(pause => (DateTimeOffset?)pause.StartTime).Max(),
    };
}
