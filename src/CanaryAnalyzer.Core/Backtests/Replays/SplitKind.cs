namespace CanaryAnalyzer.Core.Backtests.Replays;

/// <summary>How the pods of one version are told apart for a comparison of it with itself.</summary>
public enum SplitKind
{
    /// <summary>Half of the pods against the other half.</summary>
    Halves,

    /// <summary>As many pods as a canary would have against all others, and of their requests as many as its share of the traffic.</summary>
    CanarySized,
}
