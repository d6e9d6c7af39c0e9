using System.Runtime.CompilerServices;
using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Metrics.Compare;
using CanaryAnalyzer.Metrics.Prometheus;
using CanaryAnalyzer.Metrics.Tests.Compare;
using CanaryAnalyzer.Testing.Prometheus;

namespace CanaryAnalyzer.Metrics.Tests.Backends;

/// <summary>What must be counted the same on every backend: samples written at known times, looked at on a grid of 30 seconds.</summary>
public abstract partial class CountingConformance : IDisposable
{
    private readonly BackendFixture _fixture;
    private readonly PrometheusClients _clients = new(TimeProvider.System);

    protected CountingConformance(BackendFixture fixture) => _fixture = fixture;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _clients.Dispose();
    }

    [Fact]
    public async Task Both_sides_count_what_was_written()
    {
        var data = await WriteAsync(data => data
            .Steady("__name__=requests,pod=canary-0,code=200", 5).Steady("__name__=requests,pod=canary-0,code=500", 1)
            .Steady("__name__=requests,pod=stable-0,code=200", 50).Steady("__name__=requests,pod=stable-1,code=500", 2));

        var counts = Assert.Single((await LookAsync(data, Errors, 60, 30)).Intervals).Counts;

        Assert.Equal(((18, 3), (156, 6)), (Sums(counts.Canary), Sums(counts.StableA, counts.StableB)));
    }

    [Fact]
    public async Task Restart_counts_before_and_after_it()
    {
        var data = await WriteAsync(data => data.Counter("__name__=requests,pod=canary-0,code=200", 0, 70, 80, 90, 100, 110, 3, 10).Steady("__name__=requests,pod=stable-0,code=200", 1));

        Assert.Equal(20, (await LookAsync(data, Errors, 60, 30)).Intervals[0].Counts.Canary.Requests);
    }

    [Fact]
    public async Task First_error_of_a_known_target_counts_from_zero()
    {
        var data = await WriteAsync(data => data
            .Steady("__name__=requests,pod=canary-0,code=200", 5).Counter("__name__=requests,pod=canary-0,code=500", 50, 2, 4).Steady("__name__=requests,pod=stable-0,code=200", 1));

        Assert.Equal((19, 4), Sums((await LookAsync(data, Errors, 60, 30)).Intervals[0].Counts.Canary));
    }

    [Fact]
    public async Task New_target_counts_from_zero_and_one_that_returns_is_a_baseline_first()
    {
        var data = await WriteAsync(data => data
            .Steady("__name__=requests,pod=canary-0,code=200", 0).Counter("__name__=requests,pod=canary-1,code=200", 40, 3, 4, 8, 9, 9, 9)
            .Counter("__name__=requests,pod=canary-2,code=200", 0, 900, null, null, null, 950, 960, 970, 980, 990, 999).Steady("__name__=requests,pod=stable-0,code=200", 1));

        Assert.Equal(8, (await LookAsync(data, Errors, 60, 30)).Intervals[0].Counts.Canary.Requests);
        Assert.Equal(1 + 29, (await LookAsync(data, Errors, 90, 60)).Intervals[0].Counts.Canary.Requests);
    }

    [Fact]
    public async Task Missing_scrapes_of_one_side_are_merged_once_and_dropped_when_they_last()
    {
        var data = await WriteAsync(data => data
            .Counter("__name__=requests,pod=canary-0,code=200", -60, 1, 2, 3, 4, 5, 6, 7, null, null, null, null, null, 40, 41, 42, null, null, null, null, null, null, 99).Steady("__name__=requests,pod=stable-0,code=200", 10));

        var missed = await LookAsync(data, Errors, 30, 0);
        Assert.Equal((CountingFlaw.NotFresh, "canary"), (missed.Flaw, missed.Detail));
        var merged = Assert.Single((await LookAsync(data, Errors, 60, 0)).Intervals).Counts;
        Assert.Equal((33, 60), (merged.Canary.Requests, merged.StableA.Requests + merged.StableB.Requests));
        Assert.Equal((CountingFlaw.Hole, 0), ((await LookAsync(data, Errors, 150, 60)).Flaw, (await LookAsync(data, Errors, 150, 60)).Intervals.Length));
    }

    [Fact]
    public async Task Pod_under_two_scrape_jobs_counts_once()
    {
        var data = await WriteAsync(data => data
            .Steady("__name__=requests,pod=canary-0,job=a,instance=1:80,code=200", 5).Steady("__name__=requests,pod=canary-0,job=b,instance=1:81,code=200", 5).Steady("__name__=requests,pod=stable-0,code=200", 1));

        Assert.Equal(15, (await LookAsync(data, Errors, 60, 30)).Intervals[0].Counts.Canary.Requests);
    }

    [Fact]
    public async Task Series_that_ends_by_a_staleness_marker_keeps_what_it_counted()
    {
        var data = await WriteAsync(data => data
            .Counter("__name__=requests,pod=canary-0,code=200", 0, 1, 2, 3, 4, 14, WrittenSeries.Stale).Steady("__name__=requests,pod=canary-1,code=200", 5).Steady("__name__=requests,pod=stable-0,code=200", 1));

        var look = await LookAsync(data, Errors, 60, 30);
        Assert.Equal((CountingFlaw.None, 25), (look.Flaw, look.Intervals[0].Counts.Canary.Requests));
        Assert.Equal(15, (await LookAsync(data, Errors, 90, 60)).Intervals[0].Counts.Canary.Requests);
    }

    [Fact]
    public async Task Clock_of_ours_that_is_ahead_sees_nothing_fresh_and_one_that_is_behind_counts_the_past()
    {
        var data = await WriteAsync(data => data.Steady("__name__=requests,pod=canary-0,code=200", 5).Steady("__name__=requests,pod=stable-0,code=200", 10));

        var ahead = await LookAsync(data, Errors, 420, 390);
        Assert.Equal((CountingFlaw.NotFresh, "canary and stable", 0), (ahead.Flaw, ahead.Detail, ahead.Intervals.Length));
        Assert.Equal(CountingFlaw.NoSeries, (await LookAsync(data, Errors, 1000, 970)).Flaw);
        var behind = Assert.Single((await LookAsync(data, Errors, -60, -90)).Intervals).Counts;
        Assert.Equal((15, 30), (behind.Canary.Requests, behind.StableA.Requests + behind.StableB.Requests));
    }

    [Fact]
    public async Task Weight_change_parts_an_interval()
    {
        var data = await WriteAsync(data => data.Steady("__name__=requests,pod=canary-0,code=200", 5).Steady("__name__=requests,pod=stable-0,code=200", 10));

        var look = await LookAsync(data, Errors, 120, 60, cut: 81);

        Assert.Equal([10, 15], look.Intervals.Select(interval => interval.Counts.Canary.Requests));
        Assert.Equal([20, 30], look.Intervals.Select(interval => interval.Counts.StableA.Requests + interval.Counts.StableB.Requests));
    }

    [Fact]
    public async Task Impossible_values_are_named()
    {
        var data = await WriteAsync(data => data.Counter("__name__=requests,pod=canary-0,code=200", 0, 1, 2, 3, 4, double.PositiveInfinity, 6, 7).Counter("__name__=requests,pod=stable-0,code=200", 0, 1, 2, 3, 4, -5, 6, 7).Steady("__name__=other,pod=canary-0", 1));

        var look = await LookAsync(data, Errors, 60, 30);
        Assert.Equal((CountingFlaw.NotANumber, 0), (look.Flaw, look.Intervals.Length));
        Assert.Equal((CountingFlaw.NoSeries, "stable"), ((await LookAsync(data, Errors.Replace("requests{", "other{", StringComparison.Ordinal), 60, 30)) is var other ? (other.Flaw, other.Detail) : default));
    }

    private const string Errors = """{"name": "m", "errorRate": {"requests": "requests{namespace=\"NS\"}", "errors": "requests{namespace=\"NS\",code=~\"5..\"}"}}""";

    private async Task<Dataset> WriteAsync(Func<Dataset, Dataset> fill, [CallerMemberName] string test = "")
    {
        var data = fill(new Dataset(test));
        await _fixture.Server.WriteAsync(data.Series, TestContext.Current.CancellationToken);
        return data;
    }

    /// <summary>Counts one look, at a second of the data's time.</summary>
    private async Task<CountedLook> LookAsync(Dataset data, string measure, double at, double accepted, double? cut = null, double? share = null)
    {
        var spec = Spec(data, measure);
        var fetch = new SeriesFetch(new PrometheusBackend(_clients, new PrometheusDefaults(null), TimeProvider.System), spec);
        var series = await fetch.BothAsync(spec.Measures[^1], Sides.ByPods(Comparison.Pods("canary"))!, Dataset.At(at), TimeSpan.FromSeconds(260), share, new SightMemory(0, 0), TestContext.Current.CancellationToken);
        Assert.Null(series.Cause);
        return LookCounting.Count(series.Value, new LookWindow
        {
            At = Dataset.At(at).ToUnixTimeMilliseconds(),
            Accepted = Dataset.At(accepted).ToUnixTimeMilliseconds(),
            Interval = 30_000,
            ScrapeInterval = series.Value.ScrapeInterval() ?? 10_000,
            Cuts = cut is { } instant ? [Dataset.At(instant).ToUnixTimeMilliseconds()] : [],
        });
    }

    private CompareSpec Spec(Dataset data, string measure, string fields = "")
    {
        var errors = new List<SpecError>();
        var json = $$"""{"address": "{{_fixture.Server.Address}}", "interval": "30s", "minDuration": "1m", "maxDuration": "4m", "history": "2m", {{fields}} "measures": [{{measure.Replace("NS", data.Namespace, StringComparison.Ordinal)}}]}""";
        var spec = CompareSpec.TryParse(JsonDocument.Parse(json).RootElement, "", errors);
        Assert.Empty(errors);
        return spec!;
    }

    private static (long Requests, long Errors) Sums(params ReadOnlySpan<SideCounts> sides)
    {
        var (requests, errors) = (0L, 0L);
        foreach (var side in sides) (requests, errors) = (requests + side.Requests, errors + side.Errors);
        return (requests, errors);
    }
}
