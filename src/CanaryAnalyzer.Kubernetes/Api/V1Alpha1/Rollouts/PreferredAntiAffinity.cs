namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>Anti-affinity that the scheduler may disregard.</summary>
public sealed class PreferredAntiAffinity
{
    /// <summary>Weight among the scheduler's preferences, 1 to 100.</summary>
    public required int Weight { get; set; }
}
