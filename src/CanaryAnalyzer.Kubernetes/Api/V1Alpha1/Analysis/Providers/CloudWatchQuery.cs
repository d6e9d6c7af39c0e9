namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>One query to CloudWatch.</summary>
public sealed class CloudWatchQuery
{
    /// <summary>Name of the query.</summary>
    public required string Id { get; set; }

    /// <summary>Expression over other queries.</summary>
    public string? Expression { get; set; }

    /// <summary>Label of the result.</summary>
    public string? Label { get; set; }

    /// <summary>A statistic of a metric.</summary>
    public CloudWatchStatistic? MetricStat { get; set; }

    /// <summary>Length of a data point, in seconds.</summary>
    public IntOrString? Period { get; set; }

    /// <summary>Whether the result is returned.</summary>
    public bool? ReturnData { get; set; }
}
