namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>The range of a query.</summary>
public sealed class PrometheusRange
{
    /// <summary>Expression for its begin, such as now() - duration("1h").</summary>
    public string? Start { get; set; }

    /// <summary>Expression for its end, such as now().</summary>
    public string? End { get; set; }

    /// <summary>Distance of the samples, such as 1m.</summary>
    public string? Step { get; set; }
}
