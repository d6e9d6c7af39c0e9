namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>What a measure compares.</summary>
public enum MeasureKind
{
    /// <summary>The share of requests that fail.</summary>
    ErrorRate,

    /// <summary>The distribution of latencies, from histogram buckets: its body and its tails.</summary>
    Latency,
}
