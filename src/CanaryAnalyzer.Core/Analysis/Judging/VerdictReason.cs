namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>Why a verdict is what it is.</summary>
public enum VerdictReason
{
    /// <summary>The evidence of harm reached its threshold.</summary>
    HarmShown,

    /// <summary>Every required measure is shown to be below the harmful line.</summary>
    Safe,

    /// <summary>This look has no data for a measure that promotion needs. What was gathered before stays.</summary>
    NoData,

    /// <summary>
    /// With the traffic so far even a canary equal to stable could not be shown safe (where looks are planned: not by the end either), or the canary answered fewer requests
    /// than required.
    /// </summary>
    TooLittleTraffic,

    /// <summary>There is traffic enough, and the canary lies too close to the harmful line or between the lines to say more.</summary>
    InBetween,

    /// <summary>The minimal duration isn't over: safe so far, or, where safety is tested at planned looks, not tested yet.</summary>
    MinDuration,

    /// <summary>Promotion waits for the end of the maximal duration: safe so far, or, where safety is tested at planned looks, not tested yet.</summary>
    AwaitingEnd,

    /// <summary>There is a sign of harm, though not enough to roll back: promotion is withheld.</summary>
    SignOfHarm,

    /// <summary>
    /// A required measure's histogram has no bound near the stable version's median, p90 or p99, so that nothing can be shown about it; or all bounds that were asked for lie
    /// above those of its buckets.
    /// </summary>
    BucketsTooCoarse,

    /// <summary>Latency is not looked at yet: the warm-up isn't over.</summary>
    WarmingUp,

    /// <summary>This look has no data because a side has no series at all.</summary>
    MissingSeries,

    /// <summary>This look has no data because a side has no new sample.</summary>
    Stale,

    /// <summary>This look has no data because a query failed.</summary>
    QueryError,

    /// <summary>The canary doesn't get the share of requests that its weight gives it: routing is not what it seems, and nothing is promoted on such counts.</summary>
    TrafficShare,

    /// <summary>Both sides are far worse than the stable version's past, for some looks now: promotion waits until that is over.</summary>
    BothWorse,
}
