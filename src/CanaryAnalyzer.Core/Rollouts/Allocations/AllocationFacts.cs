using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Rollouts.Allocations;

/// <summary>All that an allocation may know besides its strategy.</summary>
public sealed record AllocationFacts
{
    /// <summary>How many pods the service needs.</summary>
    public required int Replicas { get; init; }

    /// <summary>How far the update is.</summary>
    public required AllocationStage Stage { get; init; }

    /// <summary>The step whose pods and weight are to be brought about, from 0; the number of steps when all are done.</summary>
    public required int Step { get; init; }

    /// <summary>Whether a user pauses the Rollout: the new version keeps its size.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The stable version; null where it has no ReplicaSet.</summary>
    public VersionPods? Stable { get; init; }

    /// <summary>The new version; null before its ReplicaSet is there. Once promoted the same as <see cref="Stable"/>.</summary>
    public VersionPods? Canary { get; init; }

    /// <summary>The other versions.</summary>
    public ImmutableArray<VersionPods> Old { get; init; } = [];

    /// <summary>Where the traffic goes; null where nothing routes.</summary>
    public TrafficFacts? Traffic { get; init; }
}
