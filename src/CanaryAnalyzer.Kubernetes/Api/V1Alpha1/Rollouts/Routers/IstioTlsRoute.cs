namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Names a TLS route of a VirtualService.</summary>
public sealed class IstioTlsRoute
{
    /// <summary>Its port.</summary>
    public long? Port { get; set; }

    /// <summary>Its SNI hosts.</summary>
    public List<string>? SniHosts { get; set; }
}
