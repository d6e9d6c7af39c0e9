namespace CanaryAnalyzer.Core.Rollouts.Allocations;

/// <summary>Where the traffic of a Rollout goes, by the weights of its routes and the selectors of its Services.</summary>
public sealed record TrafficFacts
{
    /// <summary>The highest share that a route gives the canary Service, 0 to 100.</summary>
    public required int Weight { get; init; }

    /// <summary>The share of which every gateway says that it is in force; null where one does not.</summary>
    public int? VerifiedWeight { get; init; }

    /// <summary>Whether the canary Service selects the new version.</summary>
    public bool ReachesCanary { get; init; }

    /// <summary>Whether the canary Service selects the stable version, so that its share is no loss.</summary>
    public bool ReachesStableOnly { get; init; }

    /// <summary>Whether the version that the canary Service selects has an available pod.</summary>
    public bool IsServed { get; init; }

    /// <summary>Whether the stable Service selects the stable version.</summary>
    public bool IsStableSwitched { get; init; }

    /// <summary>Whether the stable Service selects the new version, which is not the stable one, and pods are wanted.</summary>
    public bool HoldsStableService { get; init; }

    /// <summary>Whether no traffic reaches the new version any more, by its share.</summary>
    public bool IsWithdrawn { get; init; }
}
