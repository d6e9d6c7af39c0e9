using System.Collections.Immutable;
using CanaryAnalyzer.Core.Gates;

namespace CanaryAnalyzer.Core.Rollouts.Statuses;

/// <summary>What the controller knows of a Rollout from its last pass. A value: a decision returns the next one.</summary>
public sealed record RolloutStatus
{
    /// <summary>Whether the update is aborted.</summary>
    public bool Abort { get; init; }

    /// <summary>When it was aborted; kept over a retry until the next version.</summary>
    public DateTimeOffset? AbortedAt { get; init; }

    /// <summary>Whether a person asked for the full promotion at once.</summary>
    public bool PromoteFull { get; init; }

    /// <summary>Why the controller paused.</summary>
    public ImmutableArray<PauseCondition> PauseConditions { get; init; } = [];

    /// <summary>Whether the controller paused; with no <see cref="PauseConditions"/> left, a person let it go on.</summary>
    public bool ControllerPause { get; init; }

    /// <summary>The pod hash of the wanted version.</summary>
    public string CurrentPodHash { get; init; } = "";

    /// <summary>The hash of the steps.</summary>
    public string CurrentStepHash { get; init; } = "";

    /// <summary>The step at work; the number of steps when all are done; null without steps.</summary>
    public int? CurrentStepIndex { get; init; }

    /// <summary>The pod hash of the stable version; empty before the first was up.</summary>
    public string StableHash { get; init; } = "";

    /// <summary>Pods of all versions.</summary>
    public int Replicas { get; init; }

    /// <summary>Pods of the wanted version.</summary>
    public int UpdatedReplicas { get; init; }

    /// <summary>Ready pods of all versions.</summary>
    public int ReadyReplicas { get; init; }

    /// <summary>Available pods of all versions.</summary>
    public int AvailableReplicas { get; init; }

    /// <summary>The selector for the scale subresource.</summary>
    public string Selector { get; init; } = "";

    /// <summary>How often a hash was taken by something else.</summary>
    public int CollisionCount { get; init; }

    /// <summary>The generation that this status speaks of, as text.</summary>
    public string ObservedGeneration { get; init; } = "";

    /// <summary>The referenced workload's generation that this status speaks of, as text.</summary>
    public string WorkloadObservedGeneration { get; init; } = "";

    /// <summary>The conditions.</summary>
    public ImmutableArray<RolloutCondition> Conditions { get; init; } = [];

    /// <summary>The state in one word; null before the first pass.</summary>
    public RolloutPhase? Phase { get; init; }

    /// <summary>Why it is in that state.</summary>
    public string Message { get; init; } = "";

    /// <summary>The run of the current step or judged pause.</summary>
    public AnalysisRunReference? StepRun { get; init; }

    /// <summary>The run beside the steps.</summary>
    public AnalysisRunReference? BackgroundRun { get; init; }

    /// <summary>The traffic split; null before the first.</summary>
    public TrafficWeights? Weights { get; init; }

    /// <summary>When the split last changed, oldest first; a few, so that counts on both sides of a change are never put together.</summary>
    public ImmutableArray<DateTimeOffset> WeightChanges { get; init; } = [];

    /// <summary>What a judged pause waits for; null where there is nothing to say.</summary>
    public GateStatus? Gate { get; init; }

    /// <summary>The release under way; null where there is none.</summary>
    public ReleaseStatus? Release { get; init; }

    /// <summary>The condition of a type; null where there is none.</summary>
    public RolloutCondition? Condition(string type) => Conditions.FirstOrDefault(c => c.Type == type);

    /// <summary>The status without what belongs to the step at work: its pause, its run and its gate.</summary>
    public RolloutStatus LeaveStep() => this with { PauseConditions = [], ControllerPause = false, StepRun = null, Gate = null };

    /// <summary>The status without what belongs to any step: <see cref="LeaveStep"/>, and without the run beside the steps.</summary>
    public RolloutStatus LeaveSteps() => LeaveStep() with { BackgroundRun = null };

    /// <summary>Whether the wanted version is the stable one.</summary>
    public bool IsFullyPromoted => StableHash.Length > 0 && StableHash == CurrentPodHash;
}
