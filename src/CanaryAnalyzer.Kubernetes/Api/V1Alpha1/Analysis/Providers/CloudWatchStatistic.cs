namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>A statistic of a CloudWatch metric.</summary>
public sealed class CloudWatchStatistic
{
    /// <summary>The metric.</summary>
    public required CloudWatchMetric Metric { get; set; }

    /// <summary>Length of a data point, in seconds.</summary>
    public required IntOrString Period { get; set; }

    /// <summary>The statistic.</summary>
    public required string Stat { get; set; }

    /// <summary>The unit.</summary>
    public string? Unit { get; set; }
}
