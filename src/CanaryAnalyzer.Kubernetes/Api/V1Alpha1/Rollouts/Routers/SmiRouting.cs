namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Traffic routing through an SMI TrafficSplit.</summary>
public sealed class SmiRouting
{
    /// <summary>The Service that clients use.</summary>
    public string? RootService { get; set; }

    /// <summary>Name of the TrafficSplit; the Rollout's name if absent.</summary>
    public string? TrafficSplitName { get; set; }
}
