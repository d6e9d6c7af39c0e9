namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>A Prometheus query.</summary>
public sealed class PrometheusProvider
{
    /// <summary>Address of the Prometheus server; the controller's own if absent.</summary>
    public string? Address { get; set; }

    /// <summary>The query, in PromQL.</summary>
    public string? Query { get; set; }

    /// <summary>How to authenticate.</summary>
    public Authentication? Authentication { get; set; }

    /// <summary>Time limit of the query, in seconds; 30 if absent.</summary>
    public long? Timeout { get; set; }

    /// <summary>Whether any server certificate is accepted.</summary>
    public bool? Insecure { get; set; }

    /// <summary>Headers of the request.</summary>
    public List<HttpHeader>? Headers { get; set; }

    /// <summary>Asks for a range instead of an instant.</summary>
    public Range? RangeQuery { get; set; }

    /// <summary>The range of a query.</summary>
    public sealed class Range
    {
        /// <summary>Expression for its begin, such as now() - duration("1h").</summary>
        public string? Start { get; set; }

        /// <summary>Expression for its end, such as now().</summary>
        public string? End { get; set; }

        /// <summary>Distance of the samples, such as 1m.</summary>
        public string? Step { get; set; }
    }
}
