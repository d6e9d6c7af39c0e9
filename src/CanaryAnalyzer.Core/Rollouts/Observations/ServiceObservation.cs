using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Rollouts.Observations;

/// <summary>A Service of a Rollout.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SelectedHash">The pod hash in its selector; empty where it selects by other labels alone.</param>
/// <param name="ManagedBy">The Rollout that manages it; empty where none does.</param>
/// <param name="Selector">Its whole selector.</param>
public sealed record ServiceObservation(string Name, string SelectedHash, string ManagedBy, ImmutableSortedDictionary<string, string> Selector);
