namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>One version's share of the traffic.</summary>
public sealed class WeightDestination
{
    /// <summary>Percentage of the traffic.</summary>
    public required int Weight { get; set; }

    /// <summary>The Service that it goes through.</summary>
    public string? ServiceName { get; set; }

    /// <summary>The version that it goes to.</summary>
    public string? PodTemplateHash { get; set; }
}
