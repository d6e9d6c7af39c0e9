namespace CanaryAnalyzer.Core.Rollouts.Allocations;

/// <summary>The pods of one version.</summary>
/// <param name="Desired">How many it should have.</param>
/// <param name="Created">How many it has.</param>
/// <param name="Available">How many of them are available.</param>
public readonly record struct VersionPods(int Desired, int Created, int Available);
