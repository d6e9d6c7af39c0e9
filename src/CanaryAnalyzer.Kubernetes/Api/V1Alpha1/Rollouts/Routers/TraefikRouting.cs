namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Traffic routing through Traefik.</summary>
public sealed class TraefikRouting
{
    /// <summary>Name of the TraefikService.</summary>
    public required string WeightedTraefikServiceName { get; set; }
}
