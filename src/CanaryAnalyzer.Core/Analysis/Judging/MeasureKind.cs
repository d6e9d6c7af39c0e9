namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>What a measure compares.</summary>
public enum MeasureKind
{
    /// <summary>The share of requests that fail.</summary>
    ErrorRate,

    /// <summary>The distribution of latencies, from histogram buckets: its body and its tails.</summary>
    Latency,

    /// <summary>The values of a query, a value a pod: memory, queue length, anything that is no count of requests.</summary>
    Series,

    /// <summary>The canary's share of failed requests against a fixed limit.</summary>
    Limit,

    /// <summary>The canary's share of all requests against the weight that it was given.</summary>
    Traffic,
}
