using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Commands;

/// <summary>The fields of a Rollout's status that a command sets; null leaves a field as it is. They are those that Argo Rollouts' plugin writes.</summary>
public sealed record StatusEdit
{
    /// <summary>Whether the update is to be aborted.</summary>
    public bool? Abort { get; init; }

    /// <summary>Whether the update is to skip all that is left of its steps, pauses and analyses.</summary>
    public bool? PromoteFull { get; init; }

    /// <summary>Whether the reasons of the pause are removed, which ends it.</summary>
    public bool ClearsPauses { get; init; }

    /// <summary>Whether the controller has paused.</summary>
    public bool? ControllerPause { get; init; }

    /// <summary>The index of the step to continue at.</summary>
    public int? Step { get; init; }

    /// <summary>The status with these fields set.</summary>
    public RolloutStatus ApplyTo(RolloutStatus status) => status with
    {
        Abort = Abort ?? status.Abort,
        PromoteFull = PromoteFull ?? status.PromoteFull,
        PauseConditions = ClearsPauses ? [] : status.PauseConditions,
        ControllerPause = ControllerPause ?? status.ControllerPause,
        CurrentStepIndex = Step ?? status.CurrentStepIndex,
    };
}
