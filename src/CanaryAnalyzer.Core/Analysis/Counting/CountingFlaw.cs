namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>Why an interval, or a part of it, isn't counted.</summary>
public enum CountingFlaw
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>A side has no series at all.</summary>
    NoSeries,

    /// <summary>A side has no new sample: the next look counts this interval too, if it can.</summary>
    NotFresh,

    /// <summary>The first instant at which both sides have samples: counting begins here.</summary>
    FirstSight,

    /// <summary>More than one look in a row had no samples: what happened meanwhile is dropped, counting begins anew.</summary>
    Hole,

    /// <summary>Weights or pods changed within the interval, and no part of it can be attributed.</summary>
    Changed,

    /// <summary>A counter is NaN or infinite.</summary>
    NotANumber,

    /// <summary>A counter is below 0.</summary>
    Negative,

    /// <summary>A counter, or what several grew by together, is more than can be counted (over 10^15), as a counter is that went below 0 and wrapped around.</summary>
    TooLarge,

    /// <summary>There were more errors than requests: the selectors don't belong together.</summary>
    MoreErrorsThanRequests,

    /// <summary>A side's series lack a label that the measure needs: what it asks for can't be seen there.</summary>
    MissingLabel,

    /// <summary>Errors are counted on targets without any requests, so that they can't be told pod by pod.</summary>
    ErrorsElsewhere,

    /// <summary>A histogram has no bucket <c>le="+Inf"</c>.</summary>
    NoInfinityBucket,

    /// <summary>The sides' histograms share no bound.</summary>
    NoCommonBuckets,

    /// <summary>A series is on both sides: the canary would be compared with itself.</summary>
    SameSeries,

    /// <summary>A query gives several values for one pod.</summary>
    SeveralSeries,
}
