using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Judging;
using static CanaryAnalyzer.Core.Tests.Analysis.Counting.CountingData;

namespace CanaryAnalyzer.Core.Tests.Analysis.Counting;

public class BucketCountingTests
{
    [Fact]
    public void Buckets_are_differences_at_the_bounds_that_both_sides_share()
    {
        var canary = Histogram("c", ("0.1", [0, 4]), ("0.5", [0, 6]), ("1", [0, 9]), ("+Inf", [0, 10]));
        var stable = Histogram("s", ("0.1", [10, 90]), ("1.0", [10, 100]), ("+Inf", [10, 110]));

        var counts = Assert.Single(Count(canary, stable).Intervals).Counts;

        Assert.Equal([0.1, 1], counts.BucketBounds);
        Assert.Equal([4, 5, 1], counts.Canary.Buckets);
        Assert.Equal([80, 10, 10], counts.StableA.Requests == 0 ? counts.StableB.Buckets : counts.StableA.Buckets);
        Assert.Equal(10, counts.Canary.Requests);
    }

    [Fact]
    public void Histogram_restarts_as_one()
    {
        // The bucket of 1 s grew over its old value again before the next scrape; only +Inf shows the restart.
        var canary = Histogram("c", ("1", [2, 3]), ("+Inf", [50, 4]));

        Assert.Equal([3, 1], Count(canary, Histogram("s", ("1", [0, 1]), ("+Inf", [0, 1]))).Intervals[0].Counts.Canary.Buckets);
    }

    [Fact]
    public void Buckets_without_a_shared_bound_are_named_with_both_lists()
    {
        var look = Count(Histogram("c", ("0.25", [0, 1]), ("+Inf", [0, 1])), Histogram("s", ("0.3", [0, 1]), ("0.6", [0, 1]), ("+Inf", [0, 1])));

        Assert.Equal((CountingFlaw.NoCommonBuckets, "canary has 0.25, stable has 0.3 0.6"), (look.Flaw, look.Detail));
    }

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("1.0", "1")]
    [InlineData("1", "1e+00")]
    public void Bound_that_is_spelt_anew_goes_on_from_its_value(string before, string after)
    {
        static SeriesTable Pod(string name, params (string Bound, double?[] Values)[] buckets) =>
            Table([.. buckets.Select(bucket => Series($"pod={name},le={bucket.Bound}", 0, 10 * Second, bucket.Values))]);
        var canary = Pod("c", (before, [3_000_000, 3_000_005, null, null]), (after, [null, null, 3_000_010, 3_000_017]), ("+Inf", [3_000_000, 3_000_010, 3_000_020, 3_000_030]));
        var stable = Pod("s", (after, [0, 1, 2, 3]), ("+Inf", [0, 1, 2, 3]));

        var counts = Assert.Single(LookCounting.Count(new MeasureSeries.Buckets(canary, stable), Look(30 * Second, accepted: 0)).Intervals).Counts;

        Assert.Equal([1.0], counts.BucketBounds);
        Assert.Equal([17, 13], counts.Canary.Buckets);
    }

    [Fact]
    public void Bound_that_is_spelt_in_two_ways_at_once_counts_once()
    {
        // Two Prometheus of different versions behind one Thanos.
        var canary = Histogram("c", ("1", [5, 9]), ("1.0", [5, 9]), ("+Inf", [10, 20]));

        Assert.Equal([4, 6], Count(canary, Histogram("s", ("1", [0, 1]), ("+Inf", [0, 1]))).Intervals[0].Counts.Canary.Buckets);
    }

    [Fact]
    public void Restart_at_the_scrape_that_spells_a_bound_anew_counts_from_0()
    {
        static RawSeries Bucket(string bound, params double?[] values) => Series($"pod=c,le={bound}", 0, 10 * Second, values);
        var canary = Table(Bucket("1", 50, 60, null, null), Bucket("1.0", null, null, 4, 6), Bucket("+Inf", 90, 100, 5, 8));

        Assert.Equal([16, 2], Assert.Single(LookCounting.Count(new MeasureSeries.Buckets(canary, Histogram("s", ("1", [0, 1]), ("+Inf", [0, 1]))), Look(30 * Second, accepted: 0)).Intervals).Counts.Canary.Buckets);
    }

    [Theory]
    [InlineData(LatencyUnit.Seconds, 250)]
    [InlineData(LatencyUnit.Milliseconds, 0.25)]
    [InlineData(LatencyUnit.Microseconds, 0.00025)]
    [InlineData(LatencyUnit.Unknown, 250)]
    public void Bounds_are_seconds_where_the_unit_is_known(LatencyUnit unit, double bound)
    {
        var series = new MeasureSeries.Buckets(Histogram("c", ("250", [0, 1]), ("+Inf", [0, 1])), Histogram("s", ("250.0", [0, 1]), ("+Inf", [0, 1]))) { Unit = unit };

        Assert.Equal([bound], Assert.Single(LookCounting.Count(series, Look(30 * Second, accepted: 0, scrape: 30 * Second)).Intervals).Counts.BucketBounds);
    }

    [Fact]
    public void Histogram_without_infinity_is_named()
    {
        var look = Count(Histogram("c", ("1", [0, 1])), Histogram("s", ("1", [0, 1]), ("+Inf", [0, 1])));

        Assert.Equal(CountingFlaw.NoInfinityBucket, look.Flaw);
        Assert.StartsWith("canary: ", look.Detail, StringComparison.Ordinal);
    }

    private static CountedLook Count(SeriesTable canary, SeriesTable stable) =>
        LookCounting.Count(new MeasureSeries.Buckets(canary, stable), Look(30 * Second, accepted: 0, scrape: 30 * Second));

    private static SeriesTable Histogram(string pod, params (string Bound, double[] Values)[] buckets) =>
        Table([.. buckets.Select(bucket => Series($"pod={pod},le={bucket.Bound}", 0, 30 * Second, [.. bucket.Values.Select(value => (double?)value)]))]);
}
