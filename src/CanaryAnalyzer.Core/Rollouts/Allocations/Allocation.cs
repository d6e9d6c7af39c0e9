using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Rollouts.Allocations;

/// <summary>How pods and traffic are spread over the versions: what a strategy makes of its step and of the pods that are available.</summary>
/// <param name="Goal">The pods that the step wants in the end; it is not done before.</param>
/// <param name="Next">The pods to give the versions now, on the way there: no available pod is taken that is still needed.</param>
/// <param name="Old">The pods that the other versions should have now, in the order of <see cref="AllocationFacts.Old"/>.</param>
/// <param name="Weight">
/// The new version's share of the traffic to set now, 0 to 100, the stable version having the rest; null leaves what is, or nothing routes.
/// </param>
public sealed record Allocation(VersionSizes Goal, VersionSizes Next, ImmutableArray<int> Old, int? Weight);
