namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>The virtual nodes of the versions.</summary>
public sealed class AppMeshVirtualNodeGroup
{
    /// <summary>The new version's.</summary>
    public required AppMeshVirtualNode CanaryVirtualNodeRef { get; set; }

    /// <summary>The stable version's.</summary>
    public required AppMeshVirtualNode StableVirtualNodeRef { get; set; }
}
