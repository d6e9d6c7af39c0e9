namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

/// <summary>Metrics that are measured without deciding anything.</summary>
public sealed class DryRun
{
    /// <summary>Regular expression for the names of the metrics.</summary>
    public required string MetricName { get; set; }
}
