using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>The raw series of one measure on both sides, for one look; a closed set.</summary>
public abstract class MeasureSeries
{
    private MeasureSeries(SeriesTable canary, SeriesTable stable)
    {
        Canary = canary;
        Stable = stable;
    }

    /// <summary>The canary's series that show whether it has samples: requests, or buckets.</summary>
    public SeriesTable Canary { get; }

    /// <summary>The stable side's.</summary>
    public SeriesTable Stable { get; }

    /// <summary>The distance of the samples in milliseconds, the larger of the two sides'; null where it can't be seen.</summary>
    public long? ScrapeInterval() =>
        (Canary.MedianDistance(), Stable.MedianDistance()) switch
        {
            (long canary, long stable) => Math.Max(canary, stable),
            var (canary, stable) => canary ?? stable,
        };

    internal abstract Counted Count(CountingWindow window);

    /// <summary>Counters of requests and errors.</summary>
    public sealed class Errors(SeriesTable canaryRequests, SeriesTable canaryErrors, SeriesTable stableRequests, SeriesTable stableErrors)
        : MeasureSeries(canaryRequests, stableRequests)
    {
        internal override Counted Count(CountingWindow window)
        {
            var canary = ErrorCounting.Count(Canary, canaryErrors, window);
            var stable = ErrorCounting.Count(Stable, stableErrors, window);
            if (canary.Flaw != CountingFlaw.None) return Counted.Refused(canary.Flaw, "canary: " + canary.Detail);
            if (stable.Flaw != CountingFlaw.None) return Counted.Refused(stable.Flaw, "stable: " + stable.Detail);
            return Counted.Of(new MeasureCounts(canary.First.Plus(canary.Second), stable.First, stable.Second));
        }
    }

    /// <summary>Bucket counters of a histogram.</summary>
    public sealed class Buckets(SeriesTable canary, SeriesTable stable) : MeasureSeries(canary, stable)
    {
        internal override Counted Count(CountingWindow window) => BucketCounting.Count(Canary, Stable, window);
    }
}
