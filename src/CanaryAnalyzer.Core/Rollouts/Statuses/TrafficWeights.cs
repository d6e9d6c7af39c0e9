namespace CanaryAnalyzer.Core.Rollouts.Statuses;

/// <summary>How the traffic is split.</summary>
/// <param name="Canary">The canary's share in percent.</param>
/// <param name="CanaryHash">The pod hash behind the canary Service.</param>
/// <param name="StableHash">The pod hash behind the stable Service.</param>
/// <param name="Verified">Whether the gateways took it over; null while nothing is known.</param>
public sealed record TrafficWeights(int Canary, string CanaryHash, string StableHash, bool? Verified)
{
    /// <summary>The highest weight; the canary's and the stable version's always add up to it.</summary>
    public const int Max = 100;
}
