namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>How traffic is split.</summary>
public sealed class TrafficWeights
{
    /// <summary>The new version's share.</summary>
    public required WeightDestination Canary { get; set; }

    /// <summary>The stable version's share.</summary>
    public required WeightDestination Stable { get; set; }

    /// <summary>Shares of an Experiment's versions.</summary>
    public List<WeightDestination>? Additional { get; set; }

    /// <summary>Whether the router has confirmed the split; absent where it can't.</summary>
    public bool? Verified { get; set; }

    /// <summary>Last instants at which the split changed; CanaryAnalyzer's own.</summary>
    public List<DateTimeOffset>? Changes { get; set; }
}
