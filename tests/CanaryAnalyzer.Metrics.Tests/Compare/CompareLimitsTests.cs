using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Metrics.Compare;
using CanaryAnalyzer.Metrics.Prometheus;
using CanaryAnalyzer.Metrics.Tests.Prometheus;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using static CanaryAnalyzer.Metrics.Tests.Compare.Comparison;

namespace CanaryAnalyzer.Metrics.Tests.Compare;

/// <summary>What bounds one call.</summary>
public sealed class CompareLimitsTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 250, TimeSpan.Zero));

    [Fact]
    public async Task First_call_asks_nothing_and_begins_on_a_whole_second()
    {
        using var clients = new PrometheusClients(_time);

        var measurement = await Provider(clients).CompareAsync(Spec(new Uri("http://127.0.0.1:1")), Request(), TestContext.Current.CancellationToken);

        Assert.Equal((AnalysisPhase.Running, "collecting data: a promotion needs at least 100 canary requests and 4s"), (measurement.Phase, measurement.Message));
        Assert.Equal(_time.GetUtcNow().AddMilliseconds(750), measurement.StartedAt);
        Assert.Equal(measurement.StartedAt.AddSeconds(1), measurement.ResumeAt);
        Assert.Equal((0, 0), Totals(measurement, "canary"));
    }

    [Fact]
    public async Task Slow_prometheus_makes_a_look_late_and_no_error()
    {
        var asked = new TaskCompletionSource();
        await using var stub = await StubBackend.StartAsync(context =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var clients = new PrometheusClients(_time);
        var spec = Spec(stub.Address, "\"maxDuration\": \"1h\",");
        spec = spec with { Connection = spec.Connection with { Timeout = TimeSpan.FromMinutes(5) } };
        var began = await Provider(clients).CompareAsync(spec, Request(), TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(10));

        var look = Provider(clients).CompareAsync(spec, Request() with { Previous = began }, TestContext.Current.CancellationToken).AsTask();
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(90));
        var late = await look;

        Assert.Equal((AnalysisPhase.Running, "Continue QueryError"), (late.Phase, Verdict(late)));
        Assert.Contains("no data for errors (the query failed)", late.Message, StringComparison.Ordinal);
        Assert.Contains("the queries of look 0 were not answered within 90 s", late.Message, StringComparison.Ordinal);
        Assert.Equal("QueryError", JsonDocument.Parse(late.Explanation!).RootElement.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Call_takes_a_bounded_number_of_looks_and_wants_the_next_at_once()
    {
        await using var stub = await StubBackend.StartAsync(context => context.Response.WriteAsync("""{"status":"success","data":{"resultType":"matrix","result":[]}}"""));
        using var clients = new PrometheusClients(_time);
        var spec = Spec(stub.Address, "\"maxDuration\": \"1h\",");
        var began = await Provider(clients).CompareAsync(spec, Request(), TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromMinutes(1));

        var caughtUp = await Provider(clients).CompareAsync(spec, Request() with { Previous = began }, TestContext.Current.CancellationToken);

        Assert.Contains($"at look {Looks.MostPerCall - 1}", caughtUp.Message, StringComparison.Ordinal);
        Assert.Equal(KubernetesTime.RoundUp(_time.GetUtcNow()), caughtUp.ResumeAt);

        // A minute behind is no news; five are said, with the looks' own instants unchanged.
        Assert.DoesNotContain("late", caughtUp.Message + caughtUp.Value, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromMinutes(5));
        var behind = await Provider(clients).CompareAsync(spec, Request() with { Previous = caughtUp }, TestContext.Current.CancellationToken);
        Assert.Matches("at look 39: .*; the look was 5m[0-9]+s late", behind.Message);
        Assert.Matches("^5m[0-9]+(\\.[0-9]+)?s$", JsonDocument.Parse(behind.Value!).RootElement.GetProperty("late").GetString()!);
    }

    private MeasurementRequest Request() => new() { Now = _time.GetUtcNow(), Arguments = Pods("good") };

    private IMetricProvider<CompareSpec> Provider(PrometheusClients clients) => new CompareProvider(new PrometheusBackend(clients, new PrometheusDefaults(null), _time), _time);
}
