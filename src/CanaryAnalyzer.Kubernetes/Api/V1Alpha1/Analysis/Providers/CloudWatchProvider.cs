namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>A CloudWatch query.</summary>
public sealed class CloudWatchProvider
{
    /// <summary>Time that the query covers; 5m if absent.</summary>
    public string? Interval { get; set; }

    /// <summary>The queries.</summary>
    public required List<CloudWatchQuery> MetricDataQueries { get; set; }
}
