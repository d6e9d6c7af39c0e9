namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Names a route of the Gateway API.</summary>
public sealed class GatewayApiRoute
{
    /// <summary>Name of the route.</summary>
    public required string Name { get; set; }

    /// <summary>Whether header routes are added to it.</summary>
    public bool? UseHeaderRoutes { get; set; }

    /// <summary>The rule whose weights are set; all rules with both Services if absent.</summary>
    public string? RuleName { get; set; }
}
