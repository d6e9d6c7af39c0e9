namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Traffic routing through Ambassador.</summary>
public sealed class AmbassadorRouting
{
    /// <summary>Names of the Mappings.</summary>
    public required List<string> Mappings { get; set; }
}
