using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Judging;
using static CanaryAnalyzer.Core.Tests.Analysis.Counting.CountingData;

namespace CanaryAnalyzer.Core.Tests.Analysis.Counting;

public class KindCountingTests
{
    [Fact]
    public void Limit_needs_no_stable_side()
    {
        var series = new MeasureSeries.Limit(Table(Series("pod=c", 0, 10 * Second, 5, 6, 7, 8, 9, 10, 11)), Table(Series("pod=c", 0, 10 * Second, 0, 0, 0, 0, 0, 1, 2)));

        var counts = Assert.Single(LookCounting.Count(series, Look(60 * Second, accepted: 30 * Second)).Intervals).Counts;

        Assert.Equal((3, 2, SideCounts.None, SideCounts.None), (counts.Canary.Requests, counts.Canary.Errors, counts.StableA, counts.StableB));
        Assert.Equal("canary", LookCounting.Count(new MeasureSeries.Limit(SeriesTable.Empty, SeriesTable.Empty), Look(60 * Second, accepted: 30 * Second)).Detail);
    }

    [Fact]
    public void Traffic_needs_both_sides_and_knows_the_expected_share()
    {
        var canary = Table(Series("pod=c", 0, 10 * Second, 5, 6, 7, 8, 9, 10, 11));

        var counts = Assert.Single(LookCounting.Count(new MeasureSeries.Traffic(canary, SteadyStable(), 0.01), Look(60 * Second, accepted: 30 * Second)).Intervals).Counts;

        Assert.Equal((3, 300, 0.01), (counts.Canary.Requests, counts.StableA.Requests + counts.StableB.Requests, counts.ExpectedShare!.Value));
        Assert.Equal((CountingFlaw.NoSeries, "stable"), LookCounting.Count(new MeasureSeries.Traffic(canary, SeriesTable.Empty, 0.01), Look(60 * Second, accepted: 30 * Second)) is var look ? (look.Flaw, look.Detail) : default);
    }

    [Fact]
    public void Strata_beyond_fifty_share_the_last_one()
    {
        var canary = Table([.. Enumerable.Range(0, 60).Select(i => Series($"pod=c,route=r{i:00}", 30 * Second, 10 * Second, 0, 0, 0, 100 + i))]);
        var stable = Table(Series("pod=stable-a,route=a", -900 * Second, Second, [.. Enumerable.Range(0, 1800).Select(i => (double?)(1000 + (10 * i)))]));
        var series = new MeasureSeries.Errors(canary, SeriesTable.Empty, stable, SeriesTable.Empty) { By = ["route"] };

        var counts = Assert.Single(LookCounting.Count(series, Look(60 * Second, accepted: 30 * Second)).Intervals).Counts;

        // What stable alone has is a stratum, too, the largest.
        Assert.Equal(50, counts.Strata.Length);
        Assert.Equal((0, 300), (counts.Strata[0].Canary.Requests, counts.Strata[0].StableA.Requests + counts.Strata[0].StableB.Requests));
        Assert.Equal([112, 159, Enumerable.Range(100, 12).Sum()], [counts.Strata[1].Canary.Requests, counts.Strata[48].Canary.Requests, counts.Strata[49].Canary.Requests]);
        Assert.Equal(counts.Canary.Requests, counts.Strata.Sum(stratum => stratum.Canary.Requests));
    }

    [Fact]
    public void Histograms_are_kept_apart_by_route()
    {
        static RawSeries[] Buckets(string labels, long[] steps) =>
            [.. steps.Select((step, i) => Series($"{labels},le={(i == 0 ? "1" : i == 1 ? "2" : "+Inf")}", 0, 10 * Second, [.. Enumerable.Range(0, 7).Select(k => (double?)(k * step))]))];
        var series = new MeasureSeries.Buckets(Table([.. Buckets("pod=c,route=a", [1, 1, 2]), .. Buckets("pod=c,route=b", [0, 3, 3])]), Table(Buckets("pod=s,route=a", [10, 20, 20]))) { By = ["route"] };

        var counts = Assert.Single(LookCounting.Count(series, Look(60 * Second, accepted: 30 * Second)).Intervals).Counts;

        Assert.Equal([3, 9, 3], counts.Canary.Buckets);
        Assert.Equal([3, 0, 3], counts.Strata[0].Canary.Buckets);
        Assert.Equal([0, 9, 0], counts.Strata[1].Canary.Buckets);
        Assert.Equal([0, 0, 0], counts.Strata[1].StableA.Buckets);
        Assert.All(counts.Strata, stratum => Assert.Equal([1, 2], stratum.BucketBounds));
    }

    [Fact]
    public void Each_target_tells_its_slow_requests_where_a_bound_is_asked_for_that_all_have()
    {
        static RawSeries[] Buckets(string labels, int fast, int all) =>
            [.. new[] { ("1", fast), ("2", all), ("+Inf", all) }.Select(bucket => Series($"{labels},le={bucket.Item1}", 0, 10 * Second, [.. Enumerable.Range(0, 7).Select(k => (double?)(k * bucket.Item2))]))];
        var series = new MeasureSeries.Buckets(Table([.. Buckets("pod=c-0,route=a", 9, 10), .. Buckets("pod=c-0,route=b", 5, 10), .. Buckets("pod=c-1", 10, 10)]), Table(Buckets("pod=s", 100, 101)));
        var look = Look(60 * Second, accepted: 30 * Second);

        var interval = Assert.Single(LookCounting.Count(series, look with { SlowFrom = 1 }).Intervals);

        Assert.Equal([new(true, "c-0", 60, 18), new(true, "c-1", 30, 0), new(false, "s", 303, 3)], interval.Targets.AsEnumerable());
        Assert.Empty(Assert.Single(LookCounting.Count(series, look with { SlowFrom = 1.5 }).Intervals).Targets);
        Assert.Empty(Assert.Single(LookCounting.Count(series, look).Intervals).Targets);
    }

    [Fact]
    public void Values_are_means_of_the_interval_alone_and_without_a_number_left_out()
    {
        var canary = Table(Series("pod=c-1", 0, 15 * Second, 9, 9, 9, 1, 3), Series("pod=c-2", 0, 15 * Second, 9, 9, 9, double.NaN, double.NaN));
        var stable = Table(Series("pod=s-1", 45 * Second, 15 * Second, 5, 7), Series("pod=s-0,job=a", 45 * Second, 15 * Second, 2, 2), Series("pod=s-0,job=b", 45 * Second, 15 * Second, 2, 2));

        var values = Assert.Single(LookCounting.Count(new MeasureSeries.Values(canary, stable), Look(60 * Second, accepted: 0)).Intervals).Counts.Values!;

        Assert.Equal([2.0], values.Canary);
        Assert.Equal([2.0, 6.0], values.Stable);
    }

    [Fact]
    public void Values_are_parted_by_a_weight_change()
    {
        var canary = Table(Series("pod=c", 0, 5 * Second, [.. Enumerable.Range(0, 13).Select(i => (double?)i)]));

        var look = LookCounting.Count(new MeasureSeries.Values(canary, canary), Look(60 * Second, 30 * Second, 30 * Second, 10 * Second, 41 * Second));

        Assert.Equal([7.5, 11.5], look.Intervals.Select(interval => interval.Counts.Values!.Canary[0]));
    }

    [Theory]
    [InlineData("NotANumber", double.NaN, double.NaN)]
    [InlineData("NotFresh")]
    public void Values_that_are_none_are_named(string flaw, params double[] last)
    {
        var canary = Table(Series("pod=c", 0, 15 * Second, [1, 1, 1, .. last.Select(value => (double?)value)]));
        var stable = Table(Series("pod=s", 0, 15 * Second, 1, 1, 1, 1, 1));

        var look = LookCounting.Count(new MeasureSeries.Values(canary, stable), Look(60 * Second, accepted: 30 * Second));

        Assert.Equal((flaw, "canary", 30 * Second), (look.Flaw.ToString(), look.Detail, look.Accepted));
    }

    [Fact]
    public void Past_of_values_has_one_length_and_leaves_young_pods_out()
    {
        static RawSeries Pod(string name, int intervals) => Series($"pod={name}", -intervals * 30 * Second + 30 * Second, 30 * Second, [.. Enumerable.Range(0, intervals).Select(i => (double?)i)]);

        var past = ValueCounting.Past(Table(Pod("a", 64), Pod("b", 62), Pod("young", 5)), 0, 30 * Second, 64);
        var young = ValueCounting.Past(Table(Pod("a", 7), Pod("young", 5)), 0, 30 * Second, 64);

        Assert.Equal([62, 62], past.Select(pod => pod.Length));
        Assert.Equal((2.0, 63.0, 0.0), (past[0][0], past[0][^1], past[1][0]));
        Assert.Equal([5, 5], young.Select(pod => pod.Length));
    }

    [Fact]
    public void Targets_are_counted_each()
    {
        var canary = Table(Series("pod=c-1", 0, 10 * Second, 5, 6, 7, 8, 9, 10, 11), Series("pod=c-2", 0, 10 * Second, 5, 6, 7, 8, 9, 10, 12));

        var targets = Assert.Single(LookCounting.Count(Requests(canary, Table(Series("pod=c-2", 0, 10 * Second, 0, 0, 0, 0, 0, 0, 2))), Look(60 * Second, accepted: 30 * Second)).Intervals).Targets;

        Assert.Equal([new TargetCounts(true, "c-1", 3, 0), new TargetCounts(true, "c-2", 4, 2), new TargetCounts(false, "stable-a", 300, 0)], targets);
    }

    [Fact]
    public void Mark_of_a_series_end_is_no_value()
    {
        var canary = Table(Series("pod=c", 0, 10 * Second, 5, 6, 7, 8, 9, 10, double.NaN));

        Assert.Equal(2, Assert.Single(LookCounting.Count(Requests(canary), Look(60 * Second, accepted: 30 * Second)).Intervals).Counts.Canary.Requests);
    }
}
