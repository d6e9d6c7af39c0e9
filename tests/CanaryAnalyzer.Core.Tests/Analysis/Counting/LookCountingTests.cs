using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Tests.Statistics;
using static CanaryAnalyzer.Core.Tests.Analysis.Counting.CountingData;

namespace CanaryAnalyzer.Core.Tests.Analysis.Counting;

public class LookCountingTests
{
    public static IEnumerable<TheoryDataRow<string>> Increases() => Vectors.Ids("counter-increase");

    [Theory]
    [MemberData(nameof(Increases))]
    public void Increase_of_a_counter_equals_the_reference(string id)
    {
        var samples = Vectors.Inputs(id).GetProperty("samples").EnumerateArray().Select(v => v.ValueKind == System.Text.Json.JsonValueKind.Null ? (double?)null : v.GetDouble()).ToArray();
        var at = (samples.Length - 1) * 30 * Second;
        var series = Requests(Table(Series("pod=c", 0, 30 * Second, samples)));

        var look = LookCounting.Count(series, Look(at, accepted: 0, interval: at, scrape: 30 * Second));

        Vectors.AssertExpected(id, "increase", Assert.Single(look.Intervals).Counts.Canary.Requests);
    }

    [Fact]
    public void First_instant_with_samples_on_both_sides_begins_the_counting()
    {
        var look = LookCounting.Count(Requests(Table(Series("pod=c", 0, 10 * Second, 5, 6, 7, 8))), Look(30 * Second, accepted: null));

        Assert.Equal((30 * Second, CountingFlaw.FirstSight), (look.Accepted, look.Flaw));
        Assert.Empty(look.Intervals);
    }

    [Fact]
    public void Both_sides_count_the_same_interval()
    {
        var look = LookCounting.Count(Requests(Table(Series("pod=c", 0, 10 * Second, 5, 6, 7, 8, 9, 10, 11))), Look(60 * Second, accepted: 30 * Second));

        var counts = Assert.Single(look.Intervals).Counts;
        Assert.Equal((3, 300), (counts.Canary.Requests, counts.StableA.Requests + counts.StableB.Requests));
        Assert.Equal(TimeSpan.FromSeconds(30), counts.Span);
    }

    [Fact]
    public void Error_series_that_appears_on_a_known_target_counts_from_zero()
    {
        var requests = Table(Series("pod=c,code=200", 0, 10 * Second, 5, 6, 7, 8, 9, 10, 11), Series("pod=c,code=500", 50 * Second, 10 * Second, 2, 4));
        var errors = Table(Series("pod=c,code=500", 50 * Second, 10 * Second, 2, 4));

        var look = LookCounting.Count(Requests(requests, errors), Look(60 * Second, accepted: 30 * Second));

        Assert.Equal((7, 4), (look.Intervals[0].Counts.Canary.Requests, look.Intervals[0].Counts.Canary.Errors));
    }

    [Fact]
    public void Absent_error_series_beside_requests_means_no_errors()
    {
        var look = LookCounting.Count(Requests(Table(Series("pod=c", 0, 10 * Second, 5, 6, 7, 8, 9, 10, 11))), Look(60 * Second, accepted: 30 * Second));

        Assert.Equal(0, look.Intervals[0].Counts.Canary.Errors);
    }

    [Fact]
    public void New_target_counts_from_zero()
    {
        var canary = Table(Series("pod=c-1", 0, 10 * Second, 5, 5, 5, 5, 5, 5, 5), Series("pod=c-2", 40 * Second, 10 * Second, 3, 4, 8));

        var look = LookCounting.Count(Requests(canary), Look(60 * Second, accepted: 30 * Second));

        Assert.Equal(8, look.Intervals[0].Counts.Canary.Requests);
    }

    [Fact]
    public void Target_that_comes_back_is_a_baseline_first()
    {
        var canary = Table(Series("pod=c-1", 0, 10 * Second, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5), Series("pod=c-2", 0, 10 * Second, 900, null, null, null, 950, 960, 970, 980, 990, 999));

        var series = Requests(canary);
        Assert.Equal(0, LookCounting.Count(series, Look(60 * Second, accepted: 30 * Second)).Intervals[0].Counts.Canary.Requests);
        Assert.Equal(29, LookCounting.Count(series, Look(90 * Second, accepted: 60 * Second)).Intervals[0].Counts.Canary.Requests);
    }

    [Fact]
    public void Restart_counts_what_came_before_and_after_it()
    {
        var look = LookCounting.Count(Requests(Table(Series("pod=c", 30 * Second, 10 * Second, 100, 110, 3, 10))), Look(60 * Second, accepted: 30 * Second));

        Assert.Equal(20, look.Intervals[0].Counts.Canary.Requests);
    }

    [Fact]
    public void Pod_under_two_scrape_jobs_counts_once()
    {
        var canary = Table(Series("pod=c,job=a,instance=1:80", 0, 10 * Second, 5, 6, 7, 8, 9, 10, 11), Series("pod=c,job=b,instance=1:81", 1, 10 * Second, 5, 6, 7, 8, 9, 10, 11));

        Assert.Equal(3, LookCounting.Count(Requests(canary), Look(60 * Second, accepted: 30 * Second)).Intervals[0].Counts.Canary.Requests);
    }

    [Fact]
    public void Missed_look_is_merged_into_the_next_on_both_sides()
    {
        var series = Requests(Table(Series("pod=c", 0, 30 * Second, 5, null, 25)));

        var missed = LookCounting.Count(series, Look(30 * Second, accepted: 0, scrape: 30 * Second));
        Assert.Equal((0, CountingFlaw.NotFresh, "canary"), (missed.Accepted, missed.Flaw, missed.Detail));
        var counts = Assert.Single(LookCounting.Count(series, Look(60 * Second, missed.Accepted, scrape: 30 * Second)).Intervals).Counts;
        Assert.Equal((20, 600), (counts.Canary.Requests, counts.StableA.Requests + counts.StableB.Requests));
    }

    [Fact]
    public void Hole_of_two_looks_is_dropped()
    {
        var series = Requests(Table(Series("pod=c", 0, 30 * Second, 5, null, null, 45, 55)));

        var hole = LookCounting.Count(series, Look(90 * Second, accepted: 0, scrape: 30 * Second));
        Assert.Equal((90 * Second, CountingFlaw.Hole), (hole.Accepted, hole.Flaw));
        Assert.Equal(10, LookCounting.Count(series, Look(120 * Second, hole.Accepted, scrape: 30 * Second)).Intervals[0].Counts.Canary.Requests);
    }

    [Fact]
    public void Missed_look_is_not_merged_when_a_pod_joined_meanwhile()
    {
        var series = Requests(Table(Series("pod=c-1", 0, 30 * Second, 5, null, 25), Series("pod=c-2", 60 * Second, 30 * Second, 7)));

        Assert.Equal(CountingFlaw.Changed, LookCounting.Count(series, Look(60 * Second, accepted: 0, scrape: 30 * Second)).Flaw);
    }

    [Fact]
    public void Weight_change_parts_an_interval_and_drops_the_samples_around_it()
    {
        var series = Requests(Table(Series("pod=c", 0, Second, [.. Enumerable.Range(0, 61).Select(i => (double?)i)])));

        var look = LookCounting.Count(series, Look(60 * Second, 30 * Second, 30 * Second, Second, 40 * Second + 500));

        Assert.Equal([(30 * Second, (40 * Second) + 500), ((41 * Second) + 500, 60 * Second)], look.Intervals.Select(one => (one.From, one.To)));
        Assert.Equal([10, 19], look.Intervals.Select(one => one.Counts.Canary.Requests));
        Assert.Equal([100, 190], look.Intervals.Select(one => one.Counts.StableA.Requests + one.Counts.StableB.Requests));
    }

    [Theory]
    [InlineData(double.NaN, CountingFlaw.NotANumber)]
    [InlineData(double.PositiveInfinity, CountingFlaw.NotANumber)]
    [InlineData(-1.0, CountingFlaw.Negative)]
    [InlineData(18446744073709551615.0, CountingFlaw.TooLarge)]
    [InlineData(1.1e15, CountingFlaw.TooLarge)]
    public void Impossible_counter_value_is_named(double value, CountingFlaw flaw)
    {
        var look = LookCounting.Count(Requests(Table(Series("__name__=requests,pod=c", 0, 10 * Second, 5, 6, 7, 8, 9, value, value))), Look(60 * Second, accepted: 30 * Second));

        Assert.Equal((flaw, "canary: requests{pod=\"c\"}"), (look.Flaw, look.Detail));
        Assert.Empty(look.Intervals);
    }

    [Fact]
    public void Counters_that_are_no_counts_but_together_are_named()
    {
        static SeriesTable Jumping(string labels) => Table([.. Enumerable.Range(0, 4).Select(i => Series($"__name__=requests,pod=c,route={i},{labels}", 0, 10 * Second, 5, 6, 7, 8, 9, 10, 9e14))]);
        var look = Look(60 * Second, accepted: 30 * Second);

        var requests = LookCounting.Count(Requests(Jumping("code=200")), look);
        var buckets = LookCounting.Count(new MeasureSeries.Buckets(Table(Series("pod=s,le=+Inf", 0, 10 * Second, 1, 1, 1, 1, 1, 1, 1)), Jumping("le=+Inf")), look);

        Assert.Equal((CountingFlaw.TooLarge, "canary: requests{code=\"200\",pod=\"c\",route=\"1\"}"), (requests.Flaw, requests.Detail));
        Assert.Equal((CountingFlaw.TooLarge, "stable: requests{le=\"+Inf\",pod=\"c\",route=\"1\"}"), (buckets.Flaw, buckets.Detail));
        Assert.Empty(requests.Intervals);
    }

    [Fact]
    public void More_errors_than_requests_is_named()
    {
        var requests = Table(Series("pod=c", 0, 10 * Second, 5, 6, 7, 8, 9, 10, 11));
        var errors = Table(Series("pod=c", 0, 10 * Second, 0, 0, 0, 0, 20, 30, 40));

        Assert.Equal(CountingFlaw.MoreErrorsThanRequests, LookCounting.Count(Requests(requests, errors), Look(60 * Second, accepted: 30 * Second)).Flaw);
    }

    [Fact]
    public void Series_of_both_sides_is_named()
    {
        var canary = Table(Series("pod=gateway,service=canary", 0, 10 * Second, 5, 6, 7, 8, 9, 10, 11));
        var stable = Table(Series("pod=gateway,service=stable", 0, 10 * Second, 5, 6, 7, 8, 9, 10, 11));

        Assert.Equal(CountingFlaw.None, LookCounting.Count(Requests(canary, stable: stable), Look(60 * Second, accepted: 30 * Second)).Flaw);
        var same = LookCounting.Count(Requests(canary, stable: Table(Series("service=canary,pod=gateway", 0, 10 * Second, 5, 6, 7, 8, 9, 10, 11))), Look(60 * Second, accepted: 30 * Second));
        Assert.Equal((CountingFlaw.SameSeries, "{pod=\"gateway\",service=\"canary\"}", 0), (same.Flaw, same.Detail, same.Intervals.Length));
    }

    [Fact]
    public void Side_without_series_is_named()
    {
        var look = LookCounting.Count(Requests(SeriesTable.Empty), Look(60 * Second, accepted: 30 * Second));

        Assert.Equal((CountingFlaw.NoSeries, "canary", 30 * Second), (look.Flaw, look.Detail, look.Accepted));
    }

    [Fact]
    public void Past_gives_intervals_of_the_two_halves()
    {
        var stable = Table(
            Series("pod=a", -300 * Second, 10 * Second, [.. Enumerable.Range(0, 31).Select(i => (double?)(i * 10))]),
            Series("pod=b", -300 * Second, 10 * Second, [.. Enumerable.Range(0, 31).Select(i => (double?)(i * 20))]));

        var past = LookCounting.CountPast(new MeasureSeries.Errors(stable, SeriesTable.Empty, stable, SeriesTable.Empty), Look(0, null), 10);

        Assert.Equal(10, past.Length);
        Assert.All(past, one => Assert.Equal(90, one.Counts.StableA.Requests + one.Counts.StableB.Requests));
        Assert.All(past, one => Assert.Equal(30, Math.Min(one.Counts.StableA.Requests, one.Counts.StableB.Requests)));
        Assert.Equal(past[0].Halves.Write(), past[^1].Halves.Write());
    }
}
