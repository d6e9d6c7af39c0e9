namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Traffic routing through AWS App Mesh.</summary>
public sealed class AppMeshRouting
{
    /// <summary>The virtual service whose weights are set.</summary>
    public AppMeshVirtualService? VirtualService { get; set; }

    /// <summary>The virtual nodes of the versions.</summary>
    public AppMeshVirtualNodeGroup? VirtualNodeGroup { get; set; }
}
