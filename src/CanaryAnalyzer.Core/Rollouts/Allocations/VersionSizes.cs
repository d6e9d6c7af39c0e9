using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Rollouts.Allocations;

/// <summary>How many pods each version should have.</summary>
/// <param name="Stable">The stable version.</param>
/// <param name="Canary">The new version; of no meaning beside <paramref name="Stable"/> once it is the stable one.</param>
/// <param name="Old">The other versions, in the order of <see cref="AllocationFacts.Old"/>.</param>
public sealed record VersionSizes(int Stable, int Canary, ImmutableArray<int> Old);
