using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Rollouts.Observations;

/// <summary>One ReplicaSet of a Rollout: one of its versions.</summary>
public sealed record ReplicaSetObservation
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its pod hash, from the label.</summary>
    public required string Hash { get; init; }

    /// <summary>Its revision; zero where it has none.</summary>
    public int Revision { get; init; }

    /// <summary>Former revisions of the same template, oldest first, separated by commas.</summary>
    public string RevisionHistory { get; init; } = "";

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether its template is the wanted one.</summary>
    public bool IsWanted { get; init; }

    /// <summary>The pods that it should have.</summary>
    public int Desired { get; init; }

    /// <summary>The pods that it has.</summary>
    public int Created { get; init; }

    /// <summary>Its ready pods.</summary>
    public int Ready { get; init; }

    /// <summary>Its available pods.</summary>
    public int Available { get; init; }

    /// <summary>Its minReadySeconds.</summary>
    public int MinReadySeconds { get; init; }

    /// <summary>The replicas that the Rollout asked for when this one was last scaled; null where that is not known.</summary>
    public int? RolloutReplicas { get; init; }

    /// <summary>When it may be scaled down; null where no date is set.</summary>
    public DateTimeOffset? ScaleDownDeadline { get; init; }

    /// <summary>The images of its containers, in their order.</summary>
    public ImmutableArray<string> Images { get; init; } = [];

    /// <summary>Why it cannot make its pods; empty where it can.</summary>
    public string Failure { get; init; } = "";
}
