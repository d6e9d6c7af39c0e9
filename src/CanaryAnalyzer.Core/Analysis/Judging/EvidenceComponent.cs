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
}
