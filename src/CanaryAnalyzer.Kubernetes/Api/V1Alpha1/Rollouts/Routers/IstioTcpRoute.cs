namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Names a TCP route of a VirtualService.</summary>
public sealed class IstioTcpRoute
{
    /// <summary>Its port.</summary>
    public long? Port { get; set; }
}
