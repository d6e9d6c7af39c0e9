namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>What both sides did within an interval, of the share above one bound.</summary>
internal readonly record struct RateCounts(double CanaryRequests, double CanaryHits, double StableRequests, double StableHits)
{
    /// <summary>The counts above a bound.</summary>
    public static RateCounts Of(BucketInterval interval, int index) =>
        new(interval.CanaryTotal, Buckets.Above(interval.Canary, index), interval.StableTotal, Buckets.Above(interval.Stable, index));
}
