using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Metrics.Compare;
using CanaryAnalyzer.Metrics.Prometheus;
using CanaryAnalyzer.Metrics.Tests.Compare;
using CanaryAnalyzer.Testing.Prometheus;

namespace CanaryAnalyzer.Metrics.Tests.Backends;

/// <summary>The kinds of measures, and whole comparisons.</summary>
public abstract partial class CountingConformance
{
    private const string Latency = """{"name": "m", "latency": {"histogram": "latency_seconds{namespace=\"NS\"}"}}""";

    [Fact]
    public async Task Buckets_are_counted_at_the_bounds_that_both_sides_have_however_they_are_spelled()
    {
        var data = await WriteAsync(data => data.Buckets("pod=canary-0", ("0.5", 1), ("1.0", 3), ("2", 4), ("+Inf", 5)).Buckets("pod=stable-0", ("1", 10), ("2.0", 15), ("+Inf", 20)));

        var counts = Assert.Single((await LookAsync(data, Latency, 60, 30)).Intervals).Counts;

        Assert.Equal([1, 2], counts.BucketBounds);
        Assert.Equal([9, 3, 3], counts.Canary.Buckets);
        Assert.Equal([30, 15, 15], SeriesSum(counts.StableA.Buckets, counts.StableB.Buckets));
    }

    [Fact]
    public async Task Bounds_that_are_asked_for_are_watched_at_those_that_both_sides_have()
    {
        var data = await WriteAsync(data => data
            .Buckets("pod=canary-0", ("0.5", 150), ("0.75", 300), ("1", 400), ("2", 490), ("+Inf", 500))
            .Buckets("pod=stable-0", ("0.5", 300), ("1", 900), ("2", 980), ("+Inf", 1000)).Buckets("pod=stable-1", ("0.5", 300), ("1", 900), ("2", 980), ("+Inf", 1000)));

        var end = await RunAsync(data, stepwise: true, Latency.Replace("\"latency\":", "\"warmup\": \"0s\", \"bounds\": [\"700ms\", \"1m\"], \"latency\":", StringComparison.Ordinal));

        Assert.Equal("Rollback HarmShown", Comparison.Verdict(end));
        var measure = System.Text.Json.JsonDocument.Parse(end.Explanation!).RootElement.GetProperty("measures")[0];
        var (first, second) = (measure.GetProperty("bounds")[0], measure.GetProperty("bounds")[1]);
        Assert.Equal((0.7, 1.0, 60.0), (first.GetProperty("asked").GetDouble(), first.GetProperty("bound").GetDouble(), second.GetProperty("asked").GetDouble()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, second.GetProperty("bound").ValueKind);
        Assert.Equal(0.2, first.GetProperty("canary").GetProperty("errors").GetDouble() / first.GetProperty("canary").GetProperty("requests").GetDouble(), 0.01);
        Assert.Contains("(above all bucket bounds and not watched: 60s)", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Histograms_without_a_common_bound_are_refused_with_both_lists()
    {
        var data = await WriteAsync(data => data.Buckets("pod=canary-0", ("0.1", 1), ("0.5", 3), ("+Inf", 5)).Buckets("pod=stable-0", ("1", 10), ("2.5", 15), ("+Inf", 20)));

        var look = await LookAsync(data, Latency, 60, 30);

        Assert.Equal((CountingFlaw.NoCommonBuckets, "canary has 0.1 0.5, stable has 1 2.5", 0), (look.Flaw, look.Detail, look.Intervals.Length));
    }

    [Fact]
    public async Task Histogram_without_infinity_is_refused()
    {
        var data = await WriteAsync(data => data.Buckets("pod=canary-0", ("1", 1)).Buckets("pod=stable-0", ("1", 10), ("+Inf", 20)));

        Assert.Equal(CountingFlaw.NoInfinityBucket, (await LookAsync(data, Latency, 60, 30)).Flaw);
    }

    [Fact]
    public async Task Native_histograms_are_counted_at_the_coarser_schemas_bounds()
    {
        Assert.SkipWhen(_fixture.Backend == MetricBackend.VictoriaMetrics, "VictoriaMetrics has no native histograms");

        // Schema 3 has 8 buckets an octave: with index 1 to 16 they end at 2^(1/8) … 4. Schema 0: index 1 and 2 end at 2 and 4. The canary restarts at second 50.
        var data = await WriteAsync(data => data
            .Native("pod=canary-0", i => new WrittenHistogram(0, 3, 1, [.. Enumerable.Repeat((long)(i < 36 ? i : i - 35), 16)], Zeros: i < 36 ? 2 * i : 2 * (i - 35)))
            .Native("pod=stable-0", i => new WrittenHistogram(0, 0, 1, [10L * i, 5L * i])));

        var look = await LookAsync(data, Latency, 60, 30);
        var counts = Assert.Single(look.Intervals).Counts;

        // Three steps of the canary: one up to second 40, then the restart from 0 to 1, then another. Its buckets of one octave are 8; the zero bucket is the lowest.
        Assert.Equal(Enumerable.Range(-10, 16).Select(octave => Math.Pow(2, octave)), counts.BucketBounds);
        Assert.Equal([6, 24, 24], Octaves(counts.Canary.Buckets));
        Assert.Equal([0, 30, 15], Octaves(SeriesSum(counts.StableA.Buckets, counts.StableB.Buckets)));
        Assert.Equal(54, counts.Canary.Requests);
    }

    [Fact]
    public async Task Requests_are_kept_apart_by_route()
    {
        var data = await WriteAsync(data => data
            .Steady("__name__=requests,pod=canary-0,route=/b,code=200", 5).Steady("__name__=requests,pod=canary-0,route=/a,code=500", 1)
            .Steady("__name__=requests,pod=stable-0,route=/b,code=200", 20).Steady("__name__=requests,pod=stable-0,route=/c,code=200", 30));

        var counts = Assert.Single((await LookAsync(data, Errors.Replace("\"errorRate\"", "\"by\": [\"route\"], \"errorRate\"", StringComparison.Ordinal), 60, 30)).Intervals).Counts;

        Assert.Equal([((3, 3), (0, 0)), ((15, 0), (60, 0)), ((0, 0), (90, 0))], counts.Strata.Select(stratum => (Sums(stratum.Canary), Sums(stratum.StableA, stratum.StableB))));
        Assert.Equal(((18, 3), (150, 0)), (Sums(counts.Canary), Sums(counts.StableA, counts.StableB)));
    }

    [Fact]
    public async Task Limit_counts_the_canary_alone_and_traffic_both_sides_with_the_share_that_is_expected()
    {
        var data = await WriteAsync(data => data.Steady("__name__=requests,pod=canary-0,code=200", 5).Steady("__name__=requests,pod=canary-0,code=500", 1));
        var limit = Errors.Replace("errorRate", "limit", StringComparison.Ordinal).Replace("\"errors\":", "\"max\": \"5%\", \"errors\":", StringComparison.Ordinal);

        Assert.Equal((18, 3), Sums(Assert.Single((await LookAsync(data, limit, 60, 30)).Intervals).Counts.Canary));
        await _fixture.Server.WriteAsync(new Dataset(data.Namespace).Steady("__name__=requests,pod=stable-0,code=200", 24).Series, TestContext.Current.CancellationToken);
        var traffic = Errors + """, {"name": "t", "traffic": {"requests": "requests{namespace=\"NS\"}"}}""";
        var counts = Assert.Single((await LookAsync(data, traffic, 60, 30, share: 0.2)).Intervals).Counts;
        Assert.Equal((18, 72, 0.2), (counts.Canary.Requests, counts.StableA.Requests + counts.StableB.Requests, counts.ExpectedShare!.Value));
    }

    [Fact]
    public async Task Query_is_asked_for_each_side_and_gives_the_mean_of_each_pod()
    {
        var data = await WriteAsync(data => data
            .Counter("__name__=memory,pod=canary-0,container=a", 30, 1, 1, 1, 1).Counter("__name__=memory,pod=canary-0,container=b", 30, 2, 2, 4, 4)
            .Counter("__name__=memory,pod=stable-0,container=a", 0, 5, 5, 5, 5, 5, 5, 5).Counter("__name__=memory,pod=stable-1,container=a", 0, 7, 7, 7, 7, 7, 7, 7));
        var series = """{"name": "m", "series": {"query": "sum by (pod) (memory{namespace=\"NS\"})"}}""";

        var values = Assert.Single((await LookAsync(data, series, 60, 30)).Intervals).Counts.Values!;
        Assert.Equal([4.0], values.Canary);
        Assert.Equal([5.0, 7.0], values.Stable);
        var pooled = Assert.Single((await LookAsync(data, series.Replace(" by (pod)", "", StringComparison.Ordinal), 60, 30)).Intervals).Counts.Values!;
        Assert.Equal([4.0, 12.0], [.. pooled.Canary, .. pooled.Stable]);
        var doubled = await LookAsync(data, series.Replace("sum by (pod) ", "", StringComparison.Ordinal), 60, 30);
        Assert.Equal((CountingFlaw.SeveralSeries, $"2 series of {data.Namespace}/canary-0"), (doubled.Flaw, doubled.Detail));
    }

    [Fact]
    public async Task Query_gives_the_values_of_the_last_moments()
    {
        var now = Math.Floor((DateTimeOffset.UtcNow - Dataset.Start).TotalSeconds / 10) * 10;
        var data = await WriteAsync(data => data
            .Counter("__name__=memory,pod=canary-0", now - 120, [.. Enumerable.Range(0, 13).Select(i => (double?)i)]).Counter("__name__=memory,pod=stable-0", now - 120, [.. Enumerable.Repeat((double?)5, 13)]));

        // Values are taken at the instant and 15 seconds before it.
        var values = Assert.Single((await LookAsync(data, """{"name": "m", "series": {"query": "max by (pod) (memory{namespace=\"NS\"})"}}""", now, now - 30)).Intervals).Counts.Values!;

        Assert.Equal([11.0, 5.0], [.. values.Canary, .. values.Stable]);
    }

    [Fact]
    public async Task Query_over_a_long_time_keeps_to_its_instants()
    {
        var data = await WriteAsync(data => data.Steady("__name__=memory,pod=stable-0", 1));
        var end = Dataset.At(247);

        var reply = await new PrometheusBackend(_clients, new PrometheusDefaults(_fixture.Server.Address), TimeProvider.System).QueryRangeAsync(
            new PrometheusConnection(), $"max by (pod) (memory{{namespace=\"{data.Namespace}\"}})", end.AddSeconds(-900), end, TimeSpan.FromSeconds(15), mustBeWhole: true, TestContext.Current.CancellationToken);

        var samples = Assert.Single(Assert.IsType<PrometheusReply.Answered>(reply).Answer.Series).Samples;
        Assert.All(samples, sample => Assert.Equal(0, (end.ToUnixTimeMilliseconds() - sample.At) % 15_000));
        Assert.Equal((end.ToUnixTimeMilliseconds(), 1054), (samples[^1].At, samples[^1].Value));
    }

    [Fact]
    public async Task Counter_that_wraps_around_is_refused_and_the_run_goes_on()
    {
        var data = await WriteAsync(data => data
            .Counter("__name__=requests,pod=canary-0,code=200", -300, [.. Enumerable.Range(0, 61).Select(i => (double?)(i == 39 ? 18446744073709551615.0 : 1000 + (500 * i)))])
            .Steady("__name__=requests,pod=stable-0,code=200", 900).Steady("__name__=requests,pod=stable-1,code=200", 900));

        var look = await LookAsync(data, Errors, 90, 60);
        var end = await RunAsync(data, stepwise: true);

        Assert.Equal((CountingFlaw.TooLarge, 0), (look.Flaw, look.Intervals.Length));
        Assert.StartsWith("a counter is above 10^15, canary: requests{", FlawText.Of(look), StringComparison.Ordinal);

        // Of eight intervals the one with the impossible value is left out, and the one that begins with it.
        Assert.Equal((6 * 3 * 500, 0), Comparison.Totals(end, "canary"));
    }

    [Fact]
    public async Task Metric_that_the_new_version_renamed_is_told()
    {
        var data = await WriteAsync(data => data.Steady("__name__=requests,pod=stable-0,code=200", 20).Steady("__name__=http_requests,pod=canary-0,code=200", 5));

        var end = await RunAsync(data, stepwise: false);

        Assert.Equal((AnalysisPhase.Inconclusive, "Inconclusive MissingSeries"), (end.Phase, Comparison.Verdict(end)));
        var flag = System.Text.Json.JsonDocument.Parse(end.Explanation!).RootElement.GetProperty("flags")[0];
        Assert.Equal(("m", "MissingSeries"), (flag.GetProperty("measure").GetString(), flag.GetProperty("code").GetString()));
        Assert.Contains("no series of requests{namespace=\"Metric_that_the_new_version_renamed_is_told\"} for canary: the canary was asked with pod=~\"canary-.*\"; the canary is scraped, but has no metric of this name; did you mean http_requests?", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Latency_of_a_summary_is_told()
    {
        var data = await WriteAsync(data => data
            .Steady("__name__=latency_seconds,quantile=0.99,pod=stable-0", 20).Steady("__name__=latency_seconds_count,pod=stable-0", 20)
            .Steady("__name__=latency_seconds,quantile=0.99,pod=canary-0", 5).Steady("__name__=latency_seconds_count,pod=canary-0", 5));

        var end = await RunAsync(data, stepwise: false, Latency);

        Assert.Equal((AnalysisPhase.Inconclusive, "Inconclusive MissingSeries"), (end.Phase, Comparison.Verdict(end)));
        Assert.Contains("latency_seconds is a summary: quantiles cannot be compared; expose it as a histogram, with buckets", end.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("set canary and stable", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comparison_that_is_replayed_after_a_downtime_gives_the_same_numbers()
    {
        var data = await WriteAsync(data => data
            .Steady("__name__=requests,pod=canary-0,code=200", 500).Counter("__name__=requests,pod=canary-0,code=500", 45, 1, 2, 3, 5, 6, 6, 9, 9, 12, 13, 13, 14, 15, 15, 17)
            .Steady("__name__=requests,pod=stable-0,code=200", 900).Steady("__name__=requests,pod=stable-0,code=500", 5).Steady("__name__=requests,pod=stable-1,code=200", 900));

        var (stepwise, atOnce) = (await RunAsync(data, stepwise: true), await RunAsync(data, stepwise: false));

        Assert.NotEqual((0, 0), Comparison.Totals(stepwise, "canary"));
        Assert.Equal(stepwise.Explanation, atOnce.Explanation);
        var targets = System.Text.Json.JsonDocument.Parse(stepwise.Explanation!).RootElement.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("target").GetString());
        Assert.Equal([$"{data.Namespace}/canary-0", $"{data.Namespace}/stable-0", $"{data.Namespace}/stable-1"], targets.Order(StringComparer.Ordinal));
        Assert.Equal((stepwise.Phase, stepwise.Value, stepwise.Metadata["state"]), (atOnce.Phase, atOnce.Value, atOnce.Metadata["state"]));
    }

    [Fact]
    public async Task Evidence_of_harm_goes_on_from_one_pause_to_the_next()
    {
        var data = await WriteAsync(data => data
            .Steady("__name__=requests,pod=canary-0,code=200", 1000).Steady("__name__=requests,pod=canary-0,code=500", 14)
            .Steady("__name__=requests,pod=stable-0,code=200", 9000).Steady("__name__=requests,pod=stable-0,code=500", 90).Steady("__name__=requests,pod=stable-1,code=200", 0));
        using var comparison = new Comparison();
        var spec = Spec(data, Errors);

        var (_, first) = await LookedAsync(Dataset.At(0), null);
        var (_, alone) = await LookedAsync(Dataset.At(120), null);
        var (begins, second) = await LookedAsync(Dataset.At(120), first.Metadata["state"]);
        var (_, damaged) = await LookedAsync(Dataset.At(120), "nothing");

        Assert.True(Evidence(first) > 1, first.Message);
        Assert.True(Evidence(second) > Evidence(alone), $"{second.Value} / {alone.Value}");
        Assert.Equal(Evidence(first), Evidence(begins), 1e-9);
        Assert.Equal(Comparison.Totals(alone, "canary"), Comparison.Totals(second, "canary"));
        Assert.Equal(alone.Value, damaged.Value);
        Assert.StartsWith("the evidence begins anew: what the run before remembered can't be read", damaged.Message, StringComparison.Ordinal);

        async Task<(Measurement Begun, Measurement Looked)> LookedAsync(DateTimeOffset start, string? before)
        {
            var request = new MeasurementRequest { Now = start, Arguments = Comparison.Pods("canary"), Continues = before };
            var begun = await comparison.MeasureAsync(spec, request);
            return (begun, await comparison.MeasureAsync(spec, request with { Now = start.AddSeconds(75), Previous = begun }));
        }

        static double Evidence(Measurement measurement) => System.Text.Json.JsonDocument.Parse(measurement.Value!).RootElement.GetProperty("evidence").GetDouble();
    }

    [Theory]
    [InlineData("22%", "Promote Safe")]
    [InlineData("50%", "Inconclusive TrafficShare")]
    public async Task All_kinds_are_judged_together_and_a_wrong_share_of_traffic_promotes_nothing(string share, string verdict)
    {
        static double?[] Around(double value) => [.. Enumerable.Range(0, 61).Select(i => (double?)(value + (i % 3)))];
        var data = await WriteAsync(data => data
            .Steady("__name__=requests,pod=canary-0,code=200", 500).Steady("__name__=requests,pod=canary-0,code=500", 1).Counter("__name__=memory,pod=canary-0", -300, Around(99))
            .Steady("__name__=requests,pod=stable-0,code=200", 900).Steady("__name__=requests,pod=stable-0,code=500", 5).Counter("__name__=memory,pod=stable-0", -300, Around(100))
            .Steady("__name__=requests,pod=stable-1,code=200", 900).Steady("__name__=requests,pod=stable-1,code=500", 5).Counter("__name__=memory,pod=stable-1", -300, Around(101)));
        var limit = Errors.Replace("errorRate", "limit", StringComparison.Ordinal).Replace("\"errors\":", "\"max\": \"5%\", \"errors\":", StringComparison.Ordinal).Replace("\"m\"", "\"slo\"", StringComparison.Ordinal);
        var rest = """, {"name": "memory", "series": {"query": "max by (pod) (memory{namespace=\"NS\"})"}}, {"name": "share", "traffic": {"requests": "requests{namespace=\"NS\"}", "share": "SHARE"}}""";

        var end = await RunAsync(data, stepwise: false, $"{Errors}, {limit}{rest.Replace("SHARE", share, StringComparison.Ordinal)}");

        Assert.Equal(verdict, Comparison.Verdict(end));
        Assert.Equal((12024, 24), Comparison.Totals(end, "canary", 1));
    }

    private async Task<Measurement> RunAsync(Dataset data, bool stepwise, string measures = Errors)
    {
        using var comparison = new Comparison();
        var spec = Spec(data, measures, "\"promote\": \"AtEnd\",");
        var request = new MeasurementRequest { Now = Dataset.At(0), Arguments = Comparison.Pods("canary") };
        var measurement = await comparison.MeasureAsync(spec, request);
        while (measurement.Phase == AnalysisPhase.Running)
        {
            var now = stepwise ? measurement.ResumeAt!.Value : Dataset.At(280);
            measurement = await comparison.MeasureAsync(spec, request with { Now = now, Previous = measurement });
        }

        return measurement;
    }

    private static long[] SeriesSum(IReadOnlyList<long> one, IReadOnlyList<long> other) =>
        one.Count == 0 ? [.. other] : other.Count == 0 ? [.. one] : [.. one.Zip(other, (a, b) => a + b)];

    private static long[] Octaves(IReadOnlyList<long> buckets) => [buckets[0], buckets[11], buckets[12]];
}
