namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Names routes of a VirtualService.</summary>
public sealed class IstioVirtualService
{
    /// <summary>Name of the VirtualService.</summary>
    public required string Name { get; set; }

    /// <summary>Names of the HTTP routes; may be absent if there is only one.</summary>
    public List<string>? Routes { get; set; }

    /// <summary>The TLS routes.</summary>
    public List<IstioTlsRoute>? TlsRoutes { get; set; }

    /// <summary>The TCP routes.</summary>
    public List<IstioTcpRoute>? TcpRoutes { get; set; }
}
