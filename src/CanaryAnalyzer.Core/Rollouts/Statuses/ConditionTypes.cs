using CanaryAnalyzer.Core.Gates;

namespace CanaryAnalyzer.Core.Rollouts.Statuses;

/// <summary>The types of a Rollout's conditions.</summary>
public static class ConditionTypes
{
    /// <summary>The spec, or an object that it names, is not as it must be.</summary>
    public const string InvalidSpec = "InvalidSpec";

    /// <summary>Enough pods are available.</summary>
    public const string Available = "Available";

    /// <summary>The update makes progress.</summary>
    public const string Progressing = "Progressing";

    /// <summary>A ReplicaSet cannot make its pods.</summary>
    public const string ReplicaFailure = "ReplicaFailure";

    /// <summary>The update is paused.</summary>
    public const string Paused = "Paused";

    /// <summary>The wanted version is the stable one.</summary>
    public const string Completed = "Completed";

    /// <summary>Completed and fully up.</summary>
    public const string Healthy = "Healthy";

    /// <summary>The resource has fields that nobody reads.</summary>
    public const string UnknownField = "UnknownField";

    /// <summary>A gateway has something against a route, so that nobody knows whether the weights are in force.</summary>
    public const string WeightVerifyError = "WeightVerifyError";

    /// <summary>More than one PromotionPolicy selects the Rollout.</summary>
    public const string PolicyConflict = GateProblem.Conflict;

    /// <summary>The PromotionPolicy, or a template that it names, cannot be used.</summary>
    public const string PolicyInvalid = GateProblem.Invalid;

    /// <summary>The canary lacks available pods, or did a moment ago; since when decides whether the progress deadline is over.</summary>
    public const string CanaryUnavailable = "CanaryUnavailable";

    /// <summary>The referenced workload's own pods stay up for a while, although the Rollout's carry the traffic.</summary>
    public const string WorkloadScaleDownDelayed = "WorkloadScaleDownDelayed";

    /// <summary>A gate waits for a user.</summary>
    public const string WaitingForHuman = GateEvent.WaitingForHuman;

    /// <summary>A release in progress waits; the reason says for what kind of thing, the message names it.</summary>
    public const string Waiting = "Waiting";
}
