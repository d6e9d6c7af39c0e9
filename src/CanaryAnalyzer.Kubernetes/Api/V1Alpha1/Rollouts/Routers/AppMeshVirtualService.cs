namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Names routes of a virtual service.</summary>
public sealed class AppMeshVirtualService
{
    /// <summary>Name of the virtual service.</summary>
    public required string Name { get; set; }

    /// <summary>Names of the routes; may be absent if there is only one.</summary>
    public List<string>? Routes { get; set; }
}
