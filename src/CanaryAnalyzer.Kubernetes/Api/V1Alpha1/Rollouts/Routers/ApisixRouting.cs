namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Traffic routing through APISIX.</summary>
public sealed class ApisixRouting
{
    /// <summary>The route whose weights are set.</summary>
    public ApisixRoute? Route { get; set; }
}
