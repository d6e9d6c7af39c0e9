namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Traffic routing through AWS App Mesh.</summary>
public sealed class AppMeshRouting
{
    /// <summary>The virtual service whose weights are set.</summary>
    public VirtualServiceRoutes? VirtualService { get; set; }

    /// <summary>The virtual nodes of the versions.</summary>
    public VirtualNodes? VirtualNodeGroup { get; set; }

    /// <summary>Names routes of a virtual service.</summary>
    public sealed class VirtualServiceRoutes
    {
        /// <summary>Name of the virtual service.</summary>
        public required string Name { get; set; }

        /// <summary>Names of the routes; may be absent if there is only one.</summary>
        public List<string>? Routes { get; set; }
    }

    /// <summary>The virtual nodes of the versions.</summary>
    public sealed class VirtualNodes
    {
        /// <summary>The new version's.</summary>
        public required VirtualNode CanaryVirtualNodeRef { get; set; }

        /// <summary>The stable version's.</summary>
        public required VirtualNode StableVirtualNodeRef { get; set; }
    }

    /// <summary>Names a virtual node.</summary>
    public sealed class VirtualNode
    {
        /// <summary>Its name.</summary>
        public required string Name { get; set; }
    }
}
