using System.Collections.Immutable;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Observations;

/// <summary>A route that carries the weights.</summary>
public sealed record RouteObservation
{
    /// <summary>Which route.</summary>
    public required RouteReference Reference { get; init; }

    /// <summary>Whether it is there.</summary>
    public bool Exists { get; init; }

    /// <summary>The weights of each rule that leads to both versions; empty where it cannot carry weights.</summary>
    public ImmutableArray<RouteWeights> Rules { get; init; } = [];

    /// <summary>Why it cannot carry weights, such as <c>has no rule …</c>; empty where it is missing or has rules.</summary>
    public string MissingBackend { get; init; } = "";

    /// <summary>Whether every gateway that speaks of it took its present form over; true where none speaks.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>What a gateway has against it; empty where nothing.</summary>
    public string Complaint { get; init; } = "";

    /// <summary>Which gateway has not yet seen its present form; empty where none lags behind.</summary>
    public string Pending { get; init; } = "";

    /// <summary>Whether every rule gives the canary <paramref name="weight"/> percent and the stable version the rest.</summary>
    public bool Carries(int weight) => Rules.All(r => r.Canary == weight && r.Stable == TrafficWeights.Max - weight);
}
