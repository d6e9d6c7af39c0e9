namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Names a route that the controller writes.</summary>
public sealed class ManagedRoute
{
    /// <summary>Name of the route.</summary>
    public required string Name { get; set; }
}
