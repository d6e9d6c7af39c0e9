namespace CanaryAnalyzer.Core.Rollouts.Observations;

/// <summary>The weights in one rule of a route.</summary>
/// <param name="Canary">The canary Service's.</param>
/// <param name="Stable">The stable Service's.</param>
public readonly record struct RouteWeights(int Canary, int Stable);
