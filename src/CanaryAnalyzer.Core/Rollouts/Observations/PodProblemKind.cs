namespace CanaryAnalyzer.Core.Rollouts.Observations;

/// <summary>What is wrong with a pod. In the order in which a sentence that has room for one names them.</summary>
public enum PodProblemKind
{
    /// <summary>A container crashed, and has not been ready since, or crashed so that it may do so again.</summary>
    Crashed,

    /// <summary>A container cannot start: its image cannot be pulled, or what its configuration names is missing.</summary>
    NotStarting,

    /// <summary>The pod as a whole failed: it was evicted, or its node refused it.</summary>
    Failed,

    /// <summary>No node takes the pod.</summary>
    Unschedulable,

    /// <summary>A container runs and is not ready. While a version starts this is so for a moment with every pod.</summary>
    NotReady,
}
