namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>Names a CloudWatch metric.</summary>
public sealed class CloudWatchMetric
{
    /// <summary>Namespace of the metric.</summary>
    public string? Namespace { get; set; }

    /// <summary>Name of the metric.</summary>
    public string? MetricName { get; set; }

    /// <summary>Dimensions.</summary>
    public List<CloudWatchDimension>? Dimensions { get; set; }
}
