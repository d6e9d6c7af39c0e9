namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>A Service for one version of an Experiment.</summary>
public sealed class ExperimentStepService
{
    /// <summary>Name of the Service; made up if absent.</summary>
    public string? Name { get; set; }
}
