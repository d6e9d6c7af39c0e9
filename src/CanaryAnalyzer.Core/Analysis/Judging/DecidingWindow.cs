namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>
/// The numbers of a measure over the time that speaks most for harm, which a rollback rests on: there the canary is worse than what is tolerated, whatever the sums of the whole run
/// are.
/// </summary>
/// <param name="Component">What they are about.</param>
public sealed record DecidingWindow(EvidenceComponent Component)
{
    /// <summary>How long that time is, up to the last look with data; null where it is the whole run.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The bound in seconds over which requests are slow; null for everything but shares of slow requests.</summary>
    public double? Bound { get; init; }

    /// <summary>The canary's sums.</summary>
    public SideTotals Canary { get; init; } = SideTotals.None;

    /// <summary>The stable side's sums; none for a limit.</summary>
    public SideTotals Stable { get; init; } = SideTotals.None;

    /// <summary>
    /// Stable's share at the canary's mix of labels and weights, where its share of all requests compares one mix with another; null where that makes no difference.
    /// </summary>
    public double? StableShareAtMix { get; init; }

    /// <summary>Series: the canary's mean; null for every other kind.</summary>
    public double? CanaryValue { get; init; }

    /// <summary>Series: the stable side's.</summary>
    public double? StableValue { get; init; }

    /// <summary>The canary's share (series: value) over stable's, for a limit and for traffic over what is expected; null where the latter is 0.</summary>
    public double? Ratio { get; init; }

    /// <summary>Lower end of the anytime-valid 95% interval of the ratio; null where it isn't known, as for a part of the run.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end of that interval.</summary>
    public double? High { get; init; }

    /// <summary>Body of a latency distribution: the share of pairs in which the canary's request is slower (ties count half); null for every other component.</summary>
    public double? Superiority { get; init; }

    /// <summary>
    /// Traffic: whether it was before that time that the share was shown to be wrong, and it isn't yet shown to be right again; false for every other kind.
    /// </summary>
    public bool IsShownBefore { get; init; }
}
