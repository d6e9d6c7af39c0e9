namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Names rules of an APISIX route.</summary>
public sealed class ApisixRoute
{
    /// <summary>Name of the route.</summary>
    public required string Name { get; set; }

    /// <summary>Names of the rules; may be absent if there is only one.</summary>
    public List<string>? Rules { get; set; }
}
