namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>Sends copies of certain requests to the new version.</summary>
public sealed class SetMirrorRoute
{
    /// <summary>Name of the route; must be among the managedRoutes.</summary>
    public required string Name { get; set; }

    /// <summary>Requests that are copied; none removes the route.</summary>
    public List<RouteMatch>? Match { get; set; }

    /// <summary>Percentage of these requests that is copied; 100 if absent.</summary>
    public int? Percentage { get; set; }
}
