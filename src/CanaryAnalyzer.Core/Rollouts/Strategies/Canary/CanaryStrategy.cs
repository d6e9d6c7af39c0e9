using System.Collections.Immutable;
using CanaryAnalyzer.Core.Rollouts.Specs;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>How the new version takes over by steps, with its share of the traffic set on routes.</summary>
public sealed record CanaryStrategy
{
    /// <summary>The Service that selects the new version's pods.</summary>
    public required string CanaryService { get; init; }

    /// <summary>The Service that selects the stable version's pods.</summary>
    public required string StableService { get; init; }

    /// <summary>The steps in their order; may be empty.</summary>
    public ImmutableArray<CanaryStep> Steps { get; init; } = [];

    /// <summary>The HTTPRoutes that carry the weights; at least one.</summary>
    public required ImmutableArray<RouteReference> Routes { get; init; }

    /// <summary>Pods that may be missing at any time: a number or a share of the replicas. Default 25 %.</summary>
    public CountOrShare MaxUnavailable { get; init; } = CountOrShare.OfShare(25);

    /// <summary>How long an old version stays up after it lost its traffic. Default 30 s.</summary>
    public TimeSpan ScaleDownDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many old versions may stay up at once; null for any number.</summary>
    public int? ScaleDownDelayRevisionLimit { get; init; }

    /// <summary>How long an aborted canary stays up; null for ever. Default 30 s.</summary>
    public TimeSpan? AbortScaleDownDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The fewest pods of a version that has any; null for no such floor.</summary>
    public int? MinPodsPerReplicaSet { get; init; }

    /// <summary>When a scaled canary counts as ready. Default: all its pods.</summary>
    public ProgressThreshold Threshold { get; init; } = ProgressThreshold.All;

    /// <summary>The analysis that runs beside the steps; null for none.</summary>
    public BackgroundAnalysis? Background { get; init; }

    /// <summary>The highest weight; the canary's and the stable's always add up to it.</summary>
    public const int MaxWeight = 100;
}
