using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Testing.Prometheus;
using static CanaryAnalyzer.Metrics.Tests.Compare.Comparison;

namespace CanaryAnalyzer.Metrics.Tests.Compare;

/// <summary>What a comparison says where something is missing or away.</summary>
public sealed class CompareTroubleTests(LivePrometheus live) : IDisposable
{
    private readonly Comparison _comparison = new();

    public void Dispose() => _comparison.Dispose();

    [Fact]
    public async Task Side_without_series_is_explained_and_undecided_at_the_end()
    {
        var arguments = Pods("good").SetItem("stable-hash", "1aaa").Add("canary-hash", "2bbb");
        var spec = Spec(live.Server.Address, "\"canary\": \"version=\\\"v2\\\"\", \"stable\": \"version=\\\"v1\\\"\", \"maxDuration\": \"4s\",");

        var end = await _comparison.RunAsync(live.Server, spec, Request("good") with { Arguments = arguments });

        Assert.Equal((AnalysisPhase.Inconclusive, "Inconclusive MissingSeries"), (end.Phase, Verdict(end)));
        Assert.Contains(
            "canary and stable were asked with version=\"v2\" and version=\"v1\"; rollouts_pod_template_hash=\"{{args.canary-hash}}\" would find some", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metric_that_is_not_there_is_named()
    {
        var spec = Spec(live.Server.Address, "\"minDuration\": \"1s\", \"maxDuration\": \"2s\",", ErrorMeasure.Replace("received", "recieved", StringComparison.Ordinal));

        var end = await _comparison.RunAsync(live.Server, spec, Request("good"));

        Assert.Contains("errors: no series matches http_requests_recieved_total{namespace=\"default\"}: no metric has this name; did you mean http_requests_received_total?", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Canary_without_traffic_is_told_so_and_not_to_change_its_matchers()
    {
        var spec = Spec(live.Server.Address, "\"canary\": \"pod=\\\"late-0\\\"\", \"stable\": \"pod=\\\"stable-0\\\"\", \"minDuration\": \"1s\", \"maxDuration\": \"2s\",");

        var end = await _comparison.RunAsync(live.Server, spec, Request("late"));

        Assert.Contains(
            "for canary: the canary was asked with pod=\"late-0\"; the labels are right, as the other side has series: has the canary had a request yet, and is it scraped?", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hung_prometheus_gives_a_cause_and_the_looks_go_on_afterwards()
    {
        var binary = PrometheusServer.Find();
        Assert.SkipWhen(binary is null, "there is no Prometheus on this machine: run deploy/tools/get-prometheus.sh, or set PROMETHEUS");
        await using var exporter = await TrafficExporter.StartAsync(new("stable-0", 4000, 0.01), new("stable-1", 4000, 0.01), new("good-0", 1500, 0.01));
        await using var server = await PrometheusServer.StartAsync(binary!, LivePrometheus.Configuration(exporter.Address), TestContext.Current.CancellationToken);
        var spec = Spec(server.Address);
        Assert.True(await LivePrometheus.ReachesAsync(server, DateTimeOffset.UtcNow));
        var request = Request("good");
        var measurement = await _comparison.MeasureAsync(spec, request);
        Assert.True(await LivePrometheus.ReachesAsync(server, request.Now.AddSeconds(5)));
        measurement = await _comparison.MeasureAsync(spec, request with { Now = request.Now.AddSeconds(3), Previous = measurement });

        await server.HangAsync(TestContext.Current.CancellationToken);
        var hung = await _comparison.MeasureAsync(spec, request with { Now = request.Now.AddSeconds(5), Previous = measurement });
        await server.ResumeAsync(TestContext.Current.CancellationToken);

        Assert.Equal((AnalysisPhase.Running, "Continue QueryError"), (hung.Phase, Verdict(hung)));
        Assert.Contains("did not answer within 1 s", hung.Message, StringComparison.Ordinal);
        Assert.Equal(Totals(measurement, "canary"), Totals(hung, "canary"));

        var overdue = await _comparison.MeasureAsync(Spec(new Uri("http://127.0.0.1:1")), request with { Now = request.Now.AddMinutes(1), Previous = hung });
        Assert.Equal((AnalysisPhase.Inconclusive, "Inconclusive QueryError"), (overdue.Phase, Verdict(overdue)));

        Assert.True(await LivePrometheus.ReachesAsync(server, request.Now.AddSeconds(12)));
        var healed = await _comparison.MeasureAsync(spec, request with { Now = request.Now.AddSeconds(12), Previous = hung });
        Assert.Equal(AnalysisPhase.Successful, healed.Phase);
    }

    [Fact]
    public async Task Missing_arguments_are_an_error_that_says_what_to_declare()
    {
        var measurement = await _comparison.MeasureAsync(Spec(new Uri("http://127.0.0.1:1")), Request("good") with { Arguments = ImmutableDictionary<string, string>.Empty });

        Assert.Equal(AnalysisPhase.Error, measurement.Phase);
        Assert.Contains("declare the args canary-pods and stable-pods", measurement.Message, StringComparison.Ordinal);
    }
}
