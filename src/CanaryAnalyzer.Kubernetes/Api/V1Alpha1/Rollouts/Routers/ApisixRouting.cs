namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Traffic routing through APISIX.</summary>
public sealed class ApisixRouting
{
    /// <summary>The route whose weights are set.</summary>
    public RouteRules? Route { get; set; }

    /// <summary>Names rules of an APISIX route.</summary>
    public sealed class RouteRules
    {
        /// <summary>Name of the route.</summary>
        public required string Name { get; set; }

        /// <summary>Names of the rules; may be absent if there is only one.</summary>
        public List<string>? Rules { get; set; }
    }
}
