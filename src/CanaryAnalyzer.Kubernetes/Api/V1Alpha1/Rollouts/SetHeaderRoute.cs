namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>Sends requests with certain headers to the new version.</summary>
public sealed class SetHeaderRoute
{
    /// <summary>Name of the route; must be among the managedRoutes.</summary>
    public string? Name { get; set; }

    /// <summary>Headers that a request must carry; none removes the route.</summary>
    public List<HeaderMatch>? Match { get; set; }
}
