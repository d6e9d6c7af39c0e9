namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Names a virtual node.</summary>
public sealed class AppMeshVirtualNode
{
    /// <summary>Its name.</summary>
    public required string Name { get; set; }
}
