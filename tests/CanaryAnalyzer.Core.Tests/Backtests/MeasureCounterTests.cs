using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Backtests.Histories;
using CanaryAnalyzer.Testing.Histories;
using static CanaryAnalyzer.Core.Tests.Backtests.BacktestData;

namespace CanaryAnalyzer.Core.Tests.Backtests;

public sealed class MeasureCounterTests
{
    [Theory]
    [InlineData(MeasureKind.ErrorRate)]
    [InlineData(MeasureKind.Latency)]
    public void Chunks_of_any_length_give_the_same_counts(MeasureKind kind)
    {
        var service = new SimulatedService(Scrape, 1, Pods(3, 3));
        var whole = Count(service, Grid(3), kind, 3, 3 * Hour);
        foreach (var chunk in new[] { 2 * Minute, 15 * Minute, Hour })
            Assert.Equal(Cells(whole), Cells(Count(service, Grid(3), kind, 3, chunk)));
    }

    [Fact]
    public void Counts_are_what_happened_from_the_second_instant_on()
    {
        var service = new SimulatedService(Scrape, 1, Pods(1, 2));
        var track = Count(service, Grid(2), MeasureKind.ErrorRate, 2, Hour).Tracks.Single();
        var errors = service.Within(SimulatedService.Requests, 0, long.MaxValue, errorsOnly: true).Single().Samples;
        var before = errors.Last(sample => sample.At <= Grid(2).At(track.First - 1)).Value;
        var after = errors.Last(sample => sample.At <= Grid(2).At(track.End - 1)).Value;
        Assert.InRange(track.First, 1, 2);
        Assert.Equal((long)(after - before), Enumerable.Range(track.First, track.Length).Sum(index => (long)track.At(index)[1]));
        Assert.Equal("6bd9c7d7d8", track.Version);
    }

    [Fact]
    public void Restart_is_counted_once_and_loses_nothing()
    {
        var pod = Pods(1, 2).Single() with { RestartsAt = Start + Hour + (7 * Minute), ErrorShare = 0 };
        var counts = Count(new SimulatedService(Scrape, 1, pod), Grid(2), MeasureKind.ErrorRate, 2, Hour);
        Assert.Equal(1, counts.Resets);
        var track = counts.Tracks.Single();
        Assert.All(Enumerable.Range(track.First, track.Length - 1), index => Assert.InRange(track.Requests(index), 400, 800));
    }

    [Fact]
    public void Pod_that_starts_later_counts_from_its_first_sample_and_one_that_was_there_does_not()
    {
        var young = new SimulatedPod("web-6bd9c7d7d8-young", Start + Hour + (5 * Minute), Start + (2 * Hour));
        var counts = Count(new SimulatedService(Scrape, 1, [.. Pods(2, 2), young]), Grid(2), MeasureKind.ErrorRate, 2, Hour);
        var track = counts.Tracks.Single(one => one.Pod == young.Name);
        Assert.Equal(Grid(2).FirstAfter(young.From - 1), track.First);
        Assert.True(track.Requests(track.First) > 0);
        Assert.All(counts.Tracks.Where(one => one.Pod != young.Name), one => Assert.InRange(one.Requests(one.First), 400, 800));
    }

    [Fact]
    public void Outage_of_Prometheus_is_left_out_and_what_was_counted_meanwhile_is_not_poured_into_one_interval()
    {
        var service = new SimulatedService(Scrape, 1, Pods(2, 2));
        service.Outages.Add((Start + (30 * Minute), Start + (45 * Minute)));
        var track = Count(service, Grid(2), MeasureKind.ErrorRate, 2, Hour).Tracks[0];
        var missing = Enumerable.Range(track.First, track.Length).Count(index => track.At(index).IsEmpty);
        Assert.InRange(missing, 29, 33);
        Assert.All(Enumerable.Range(track.First, track.Length), index => Assert.InRange(track.Requests(index), 0, 800));
    }

    [Fact]
    public void Errors_on_pods_without_requests_are_named()
    {
        var counter = new MeasureCounter(Grid(1), MeasureKind.ErrorRate, null, []);

        counter.Add(Start + Hour, [Growing("pod=web-1", 1500)], [Growing("pod=gw-0", 300), Growing("pod=idle", 0)]);

        var (flaw, _, pod) = Assert.Single(counter.Counts().Flaws);
        Assert.Equal((CountingFlaw.ErrorsElsewhere, "gw-0"), (flaw, pod));
    }

    [Fact]
    public void Pod_whose_errors_can_not_be_seen_is_not_counted()
    {
        var counter = new MeasureCounter(Grid(1), MeasureKind.ErrorRate, null, ["status_code"]);

        counter.Add(Start + Hour, [Growing("pod=old,status_code=200", 1500), Growing("pod=new,code=200", 1500)], []);

        Assert.Equal("old", Assert.Single(counter.Counts().Tracks).Pod);
        Assert.Equal(CountingFlaw.MissingLabel, Assert.Single(counter.Counts().Flaws).Flaw);
    }

    [Fact]
    public void Label_that_comes_only_with_failures_may_be_missing()
    {
        var counter = new MeasureCounter(Grid(1), MeasureKind.ErrorRate, null, ["error_type"]);

        counter.Add(Start + Hour, [Growing("pod=a,code=200", 1500), Growing("pod=a,code=500,error_type=500", 10), Growing("pod=b,code=200", 1500)], [Growing("pod=a,code=500,error_type=500", 10)]);

        Assert.Equal(2, counter.Counts().Tracks.Length);
        Assert.Empty(counter.Counts().Flaws);
    }

    private static RawSeries Growing(string labels, double step) => new(
        labels.Split(',').Select(label => label.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal), [.. Enumerable.Range(0, (int)(Hour / Scrape)).Select(i => new RawSample(Start + (i * Scrape), 1000 + (step * i)))]);

    [Fact]
    public void Pods_that_a_new_Prometheus_scrapes_one_after_the_other_are_not_new()
    {
        // Their lifetime is 100 requests a second; the first samples lie on both sides of an instant.
        RawSeries Pod(string name, long from) => new(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["__name__"] = "x", ["pod"] = name }, [.. Enumerable.Range(0, 40).Select(i => new RawSample(from + (i * Scrape), 900_000 + (1500 * i)))]);
        var counter = new MeasureCounter(Grid(1), MeasureKind.ErrorRate, null, []);

        counter.Add(Start + Hour, [Pod("a", Start + (10 * Minute) - Second), Pod("b", Start + (10 * Minute) + Second)], []);

        Assert.Equal(2, counter.Counts().Tracks.Length);
        Assert.All(counter.Counts().Tracks, track => Assert.All(Enumerable.Range(track.First, track.Length), index => Assert.InRange(track.Requests(index), 0, 3000)));
    }

    [Fact]
    public void Buckets_that_change_begin_a_new_track()
    {
        var counter = new MeasureCounter(Grid(1), MeasureKind.Latency, null, []);
        RawSeries Bucket(string le, long from, double value) => new(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["__name__"] = "seconds_bucket", ["pod"] = "a", ["le"] = le },
            [.. Enumerable.Range(0, 40).Select(i => new RawSample(from + (i * Scrape), value + i))]);
        counter.Add(Start + (10 * Minute), [Bucket("0.1", Start + Scrape, 5), Bucket("0.2", Start + Scrape, 5), Bucket("+Inf", Start + Scrape, 9)], []);
        counter.Add(Start + (20 * Minute), [Bucket("0.1", Start + (10 * Minute) + Scrape, 45), Bucket("0.4", Start + (10 * Minute) + Scrape, 50), Bucket("+Inf", Start + (10 * Minute) + Scrape, 60)], []);
        Assert.Contains(counter.Counts().Tracks, track => track.Bounds.SequenceEqual([0.1, 0.2]));
        Assert.Contains(counter.Counts().Tracks, track => track.Bounds.Contains(0.4));
    }

    [Fact]
    public void Values_that_are_no_counts_are_named_and_not_counted()
    {
        var counter = new MeasureCounter(Grid(1), MeasureKind.ErrorRate, null, []);
        var series = new RawSeries(new Dictionary<string, string>(StringComparer.Ordinal) { ["__name__"] = "x", ["pod"] = "a" }, [.. Enumerable.Range(1, 100).Select(i => new RawSample(Start + (i * Scrape), i > 50 ? double.NaN : i))]);
        counter.Add(Start + Hour, [series], []);
        Assert.Contains(counter.Counts().Flaws, flaw => flaw.Flaw == CountingFlaw.NotANumber && flaw.Times > 0);
        Assert.All(counter.Counts().Tracks, track => Assert.True(track.End <= 26));
    }

    [Theory]
    [InlineData("web-6bd9c7d7d8-x2k4z", "6bd9c7d7d8")]
    [InlineData("shop/web-front-6bd9c7d7d8-x2k4z", "6bd9c7d7d8")]
    [InlineData("web-0", "")]
    [InlineData("10.0.0.1:8080", "")]
    [InlineData("", "")]
    public void Version_is_the_hash_in_a_pods_name(string pod, string version) =>
        Assert.Equal(version, PodVersion.Of(pod, new RawSeries(new Dictionary<string, string>(StringComparer.Ordinal), [])));

    [Fact]
    public void Label_of_the_hash_goes_before_the_name() =>
        Assert.Equal("abc", PodVersion.Of("web-6bd9c7d7d8-x2k4z", new RawSeries(new Dictionary<string, string>(StringComparer.Ordinal) { ["rollouts_pod_template_hash"] = "abc" }, [])));

    private static List<string> Cells(MeasureHistoryCounts counts) =>
        [.. counts.Tracks.SelectMany(track => Enumerable.Range(track.First, track.Length).Select(index => $"{track.Pod} {index} {string.Join(' ', track.At(index).ToArray())}")).Order(StringComparer.Ordinal)];
}
