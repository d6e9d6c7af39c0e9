namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Traffic routing through Istio.</summary>
public sealed class IstioRouting
{
    /// <summary>The VirtualService whose weights are set.</summary>
    public IstioVirtualService? VirtualService { get; set; }

    /// <summary>Several VirtualServices whose weights are set.</summary>
    public List<IstioVirtualService>? VirtualServices { get; set; }

    /// <summary>The DestinationRule whose subsets are set.</summary>
    public IstioDestinationRule? DestinationRule { get; set; }
}
