namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>Names a template.</summary>
public sealed class RolloutAnalysisTemplate
{
    /// <summary>Name of the template.</summary>
    public string? TemplateName { get; set; }

    /// <summary>Whether it is a ClusterAnalysisTemplate.</summary>
    public bool? ClusterScope { get; set; }
}
