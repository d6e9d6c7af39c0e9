namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Traffic routing through routes of the Gateway API.</summary>
public sealed class GatewayApiRouting
{
    /// <summary>Name of the HTTPRoute whose weights are set.</summary>
    public string? HttpRoute { get; set; }

    /// <summary>Several HTTPRoutes whose weights are set.</summary>
    public List<Route>? HttpRoutes { get; set; }

    /// <summary>Selects HTTPRoutes by their labels.</summary>
    public LabelSelector? HttpRouteSelector { get; set; }

    /// <summary>The rule of the HTTPRoute whose weights are set; all rules with both Services if absent.</summary>
    public string? HttpRouteRuleName { get; set; }

    /// <summary>Name of a GRPCRoute.</summary>
    public string? GrpcRoute { get; set; }

    /// <summary>Several GRPCRoutes.</summary>
    public List<Route>? GrpcRoutes { get; set; }

    /// <summary>Selects GRPCRoutes by their labels.</summary>
    public LabelSelector? GrpcRouteSelector { get; set; }

    /// <summary>The rule of the GRPCRoute whose weights are set.</summary>
    public string? GrpcRouteRuleName { get; set; }

    /// <summary>Name of a TCPRoute.</summary>
    public string? TcpRoute { get; set; }

    /// <summary>Several TCPRoutes.</summary>
    public List<Route>? TcpRoutes { get; set; }

    /// <summary>Selects TCPRoutes by their labels.</summary>
    public LabelSelector? TcpRouteSelector { get; set; }

    /// <summary>The rule of the TCPRoute whose weights are set.</summary>
    public string? TcpRouteRuleName { get; set; }

    /// <summary>Name of a TLSRoute.</summary>
    public string? TlsRoute { get; set; }

    /// <summary>Several TLSRoutes.</summary>
    public List<Route>? TlsRoutes { get; set; }

    /// <summary>Selects TLSRoutes by their labels.</summary>
    public LabelSelector? TlsRouteSelector { get; set; }

    /// <summary>The rule of the TLSRoute whose weights are set.</summary>
    public string? TlsRouteRuleName { get; set; }

    /// <summary>Namespace of the routes; the Rollout's if absent.</summary>
    public string? Namespace { get; set; }

    /// <summary>Name of the ConfigMap in which Argo's plugin remembers the rules that it added.</summary>
    public string? ConfigMap { get; set; }

    /// <summary>Whether routes stay unlabelled during a release.</summary>
    public bool? DisableInProgressLabel { get; set; }

    /// <summary>Key of the label that routes carry during a release.</summary>
    public string? InProgressLabelKey { get; set; }

    /// <summary>Value of that label.</summary>
    public string? InProgressLabelValue { get; set; }

    /// <summary>Key of the annotation that names the Rollouts that change a route at present.</summary>
    public string? ActiveRolloutsAnnotationKey { get; set; }

    /// <summary>Names a route of the Gateway API.</summary>
    public sealed class Route
    {
        /// <summary>Name of the route.</summary>
        public required string Name { get; set; }

        /// <summary>Whether header routes are added to it.</summary>
        public bool? UseHeaderRoutes { get; set; }

        /// <summary>The rule whose weights are set; all rules with both Services if absent.</summary>
        public string? RuleName { get; set; }
    }
}
