namespace CanaryAnalyzer.Core.Rollouts.Allocations;

/// <summary>How many pods the two versions of an update should have.</summary>
/// <param name="Stable">The stable version.</param>
/// <param name="Canary">The new version; of no meaning beside <paramref name="Stable"/> once it is the stable one.</param>
public readonly record struct VersionSizes(int Stable, int Canary);
