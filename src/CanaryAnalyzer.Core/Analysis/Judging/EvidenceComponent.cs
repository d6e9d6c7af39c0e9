namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>What a measure's evidence is about.</summary>
public enum EvidenceComponent
{
    /// <summary>The share of failed requests.</summary>
    Errors,

    /// <summary>The share of requests slower than a bound.</summary>
    Tail,

    /// <summary>The body of the latency distribution: how often a canary request is slower than a stable one.</summary>
    Body,

    /// <summary>The canary's share of failed requests against a fixed limit.</summary>
    Limit,

    /// <summary>The mean of a series' values.</summary>
    Value,

    /// <summary>The canary's share of all requests.</summary>
    Split,

    /// <summary>The share of requests slower than a bound that was asked for by itself.</summary>
    Bound,
}
