using CanaryAnalyzer.Core.Analysis.Counting;
using static CanaryAnalyzer.Core.Tests.Analysis.Counting.CountingData;

namespace CanaryAnalyzer.Core.Tests.Analysis.Counting;

/// <summary>Which targets count from 0: only those that would have been seen before, had they been there.</summary>
public class NewTargetsTests
{
    private const long Back = 300 * Second;

    [Fact]
    public void Nothing_counts_from_zero_after_an_outage_of_everything()
    {
        RawSeries[] canary = [Pod("c-1", 2, 50_000), Pod("c-2", 12, 50_000)], stable = [Pod("s-1", 3, 900_000), Pod("s-2", 13, 900_000)];

        var looks = Course(canary, stable, 1005, 1035, 1065, 1095);

        Assert.Equal([CountingFlaw.Hole, CountingFlaw.Hole, CountingFlaw.None, CountingFlaw.None], looks.Select(look => look.Flaw));
        Assert.All(looks.SelectMany(look => look.Intervals), interval => Assert.Equal((60, 60), Totals(interval)));
        Assert.Equal((1035 * Second, 1065 * Second), (looks[2].Intervals[0].From, looks[2].Accepted!.Value));
    }

    [Fact]
    public void Nothing_counts_from_zero_after_an_outage_of_one_side()
    {
        var stable = Table(Series("pod=s", 0, 15 * Second, [.. Enumerable.Range(0, 80).Select(i => (double?)(i * 15))]));

        var looks = Course([Pod("c-1", 2, 50_000), Pod("c-2", 12, 50_000)], [.. stable.Targets.Values.Single().All], 1005, 1035, 1065);

        Assert.Equal([CountingFlaw.Hole, CountingFlaw.Hole, CountingFlaw.None], looks.Select(look => look.Flaw));
        Assert.Equal((60, 30), Totals(Assert.Single(looks[2].Intervals)));
    }

    [Fact]
    public void Pods_that_are_scraped_after_the_first_of_the_past_are_a_baseline()
    {
        // Prometheus itself is new: its first sample of one pod lies before an instant of the past, that of the other after it.
        var stable = Table(Series("pod=a", 2 * Second, 15 * Second, [.. Enumerable.Range(0, 12).Select(i => (double?)(70_000 + i))]), Series("pod=b", 12 * Second, 15 * Second, [.. Enumerable.Range(0, 12).Select(i => (double?)(70_000 + i))]));

        var past = LookCounting.CountPast(new MeasureSeries.Errors(stable, SeriesTable.Empty, stable, SeriesTable.Empty), Look(155 * Second, null, scrape: 15 * Second), 5);

        Assert.Equal([2, 4, 4, 4, 4], past.Select(one => one.Counts.StableA.Requests + one.Counts.StableB.Requests));
    }

    [Fact]
    public void First_pods_of_a_canary_count_from_zero_where_stable_shows_that_they_would_have_been_seen()
    {
        // Both start a few seconds apart; the run's first look with both sides lies between their first samples.
        var canary = Table(Series("pod=c-1", 25 * Second, 15 * Second, 3, 5, 7), Series("pod=c-2", 35 * Second, 15 * Second, 9, 10));

        Assert.Equal(2 + 2 + 10, Assert.Single(LookCounting.Count(Requests(canary), Look(60 * Second, accepted: 30 * Second, scrape: 15 * Second)).Intervals).Counts.Canary.Requests);
    }

    [Fact]
    public void Canary_alone_shows_by_its_older_pods_that_a_younger_one_is_new()
    {
        static MeasureSeries.Limit Of(params RawSeries[] requests) => new(Table(requests), SeriesTable.Empty);
        var (young, look) = (Series("pod=c-2", 40 * Second, 10 * Second, 3, 4, 8), Look(60 * Second, accepted: 30 * Second));

        Assert.Equal(3 + 8, LookCounting.Count(Of(Series("pod=c-1", 0, 10 * Second, 5, 6, 7, 8, 9, 10, 11), young), look).Intervals[0].Counts.Canary.Requests);
        Assert.Equal(3, LookCounting.Count(Of(Series("pod=c-1", 20 * Second, 10 * Second, 7, 8, 9, 10, 11), young), look).Intervals[0].Counts.Canary.Requests);
    }

    [Fact]
    public void Port_that_missed_scrapes_is_a_baseline_first_though_its_pod_was_there()
    {
        var series = Requests(Table(
            Series("pod=c,instance=c:1", 0, 15 * Second, 100, 110, 120, 130, 140, 150, 160, 170),
            Series("pod=c,instance=c:2", 0, 15 * Second, 1_000_000, 1_000_010, null, null, null, null, 1_000_060, 1_000_070)));

        Assert.Equal(20, Assert.Single(LookCounting.Count(series, Look(90 * Second, accepted: 60 * Second, scrape: 15 * Second)).Intervals).Counts.Canary.Requests);
        Assert.Equal(10 + 10, Assert.Single(LookCounting.Count(series, Look(105 * Second, accepted: 90 * Second, interval: 15 * Second, scrape: 15 * Second)).Intervals).Counts.Canary.Requests);
    }

    [Fact]
    public void Port_that_missed_the_scrape_after_a_weight_change_is_a_baseline_first()
    {
        static RawSeries[] Port(int port, double start, params double?[] steps) =>
            [.. new[] { "1", "+Inf" }.Select(le => Series($"pod=c,instance=c:{port},le={le}", 0, 15 * Second, [.. steps.Select(step => step + start)]))];
        var canary = Table([.. Port(1, 100, 0, 1, 2, 3, 4), .. Port(2, 5_000, 0, 1, null, 3, 4)]);
        var stable = Table([.. Port(3, 100, 0, 10, 20, 30, 40)]);

        var look = LookCounting.Count(new MeasureSeries.Buckets(canary, stable), Look(60 * Second, 0, 60 * Second, 15 * Second, 20 * Second));

        Assert.Equal([(0, 20 * Second, 1 + 1), (35 * Second, 60 * Second, 2)], look.Intervals.Select(one => (one.From, one.To, one.Counts.Canary.Requests)));
    }

    [Fact]
    public void Error_series_that_a_restart_took_away_counts_from_zero_when_it_comes_back()
    {
        var requests = Table(Series("pod=c,instance=c:1,code=200", 0, 10 * Second, 50, 60, 70, 2, 12, 22, 32), Series("pod=c,instance=c:1,code=500", 0, 10 * Second, 1, 1, 1, null, null, null, 4));
        var errors = Table(Series("pod=c,instance=c:1,code=500", 0, 10 * Second, 1, 1, 1, null, null, null, 4));

        var counts = Assert.Single(LookCounting.Count(Requests(requests, errors), Look(60 * Second, accepted: 50 * Second, interval: 10 * Second)).Intervals).Counts;

        Assert.Equal((14, 4), (counts.Canary.Requests, counts.Canary.Errors));
    }

    /// <summary>A pod that serves a request a second, scraped each 15 seconds, but not from second 400 to second 1000.</summary>
    private static RawSeries Pod(string name, long offset, double start) =>
        Series($"pod={name}", offset * Second, 15 * Second, [.. Enumerable.Range(0, 80).Select(i => 15 * i is var at && offset + at is < 400 or >= 1000 ? (double?)(start + at) : null)]);

    /// <summary>Looks each with the samples that it would read, of which the first follows one at second 390.</summary>
    private static List<CountedLook> Course(RawSeries[] canary, RawSeries[] stable, params long[] seconds)
    {
        var looks = new List<CountedLook>();
        long? accepted = 390 * Second;
        foreach (var at in seconds)
        {
            var from = (at * Second) - Back - (60 * Second);
            looks.Add(LookCounting.Count(Requests(Read(canary), stable: Read(stable)), Look(at * Second, accepted, scrape: 15 * Second)));
            accepted = looks[^1].Accepted;

            SeriesTable Read(RawSeries[] all) => Table([.. all.Select(one => one with { Samples = [.. one.Samples.Where(sample => sample.At > from && sample.At <= at * Second)] }).Where(one => one.Samples.Length > 0)]);
        }

        return looks;
    }

    private static (long Canary, long Stable) Totals(CountedInterval interval) => (interval.Counts.Canary.Requests, interval.Counts.StableA.Requests + interval.Counts.StableB.Requests);
}
