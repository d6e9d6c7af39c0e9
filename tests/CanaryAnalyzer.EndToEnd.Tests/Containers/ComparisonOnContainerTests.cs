using System.Collections.Immutable;
using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Metrics;
using CanaryAnalyzer.Metrics.Compare;
using CanaryAnalyzer.Metrics.Prometheus;
using Microsoft.Extensions.DependencyInjection;

namespace CanaryAnalyzer.EndToEnd.Tests.Containers;

/// <summary>Judgements whose Prometheus is a container, asked as the controller asks.</summary>
public sealed class ComparisonOnContainerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.01, AnalysisPhase.Successful, "Promote")]
    [InlineData(0.10, AnalysisPhase.Failed, "Rollback")]
    public async Task Version_is_judged_by_its_errors(double errors, AnalysisPhase phase, string verdict)
    {
        await using var pods = await CountersOfPods.StartAsync(errors);
        await using var prometheus = await PrometheusContainer.StartAsync(pods.Port, Token);

        var end = await JudgeAsync(PrometheusContainer.Address(prometheus));

        Assert.True(phase == end.Phase, $"{end.Phase}: {end.Message}");
        var value = JsonDocument.Parse(end.Value!).RootElement;
        Assert.Equal(verdict, value.GetProperty("verdict").GetString());
        var canary = value.GetProperty("measures")[0].GetProperty("canary");
        var truth = pods.Canary;
        Assert.InRange(canary.GetProperty("requests").GetInt64(), 1, truth.Requests);
        Assert.InRange(canary.GetProperty("errors").GetInt64(), 1, truth.Errors);
    }

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static async Task<Measurement> JudgeAsync(Uri prometheus)
    {
        await using var services = new ServiceCollection().AddMetrics(new PrometheusDefaults(prometheus)).BuildServiceProvider();
        var provider = services.GetRequiredService<IMetricProvider<CompareSpec>>();
        var request = new MeasurementRequest
        {
            Now = DateTimeOffset.UtcNow,
            Arguments = ImmutableDictionary<string, string>.Empty.Add("canary-pods", "canary-.*").Add("stable-pods", "stable-.*"),
        };
        var measurement = await provider.CompareAsync(Spec(), request, Token);
        while (measurement.Phase == AnalysisPhase.Running)
        {
            Assert.True(measurement.ResumeAt - request.Now < Limit, $"no end within {Limit}: {measurement.Message}");
            await UntilAsync(measurement.ResumeAt!.Value);
            measurement = await provider.CompareAsync(Spec(), request with { Now = DateTimeOffset.UtcNow, Previous = measurement }, Token);
        }

        return measurement;
    }

    private static async Task UntilAsync(DateTimeOffset instant)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (DateTimeOffset.UtcNow < instant) await tick.WaitForNextTickAsync(Token);
    }

    private static CompareSpec Spec()
    {
        var errors = new List<SpecError>();
        var json = JsonDocument.Parse("""
            {
              "interval": "2s", "minDuration": "6s", "maxDuration": "60s", "history": "10s",
              "measures": [{
                "name": "errors", "margin": {"ratio": 2, "absolute": "2%"},
                "errorRate": {
                  "requests": "http_requests_received_total{namespace=\"shop\"}",
                  "errors": "http_requests_received_total{namespace=\"shop\",code=~\"5..\"}"
                }
              }]
            }
            """);
        var spec = CompareSpec.TryParse(json.RootElement, "", errors);
        Assert.Empty(errors);
        return spec!;
    }
}
