using System.Text;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Events;
using CanaryAnalyzer.Service.Loop;
using CanaryAnalyzer.Service.Observability;
using CanaryAnalyzer.Service.Reconciling.AnalysisRuns;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Service.Tests.Runs;

public sealed class LookLagWatchTests : IDisposable
{
    private const string Spec = """
        {"metrics": [{"name": "compare", "provider": {"plugin": {"canaryanalyzer/compare": {"interval": "40s", "measures": [
          {"name": "errors", "errorRate": {"requests": "http_requests_total", "errors": "http_requests_total{code=~\"5..\"}"}}]}}}}],
         "args": [{"name": "canary-pods", "value": "web-1-.*"}, {"name": "stable-pods", "value": "web-0-.*"}]}
        """;

    private static readonly ResourceKey Key = new("shop", "web-1");
    private static readonly DateTimeOffset Start = new(2024, 5, 17, 9, 30, 0, TimeSpan.Zero);
    private readonly FakeRunStore store = new();
    private readonly FakeSurroundings surroundings = new();
    private readonly FakeTimeProvider time = new(Start);
    private readonly Prometheus.CollectorRegistry registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly LoggedEvents log = new(3102);
    private readonly LookLagWatch watch;

    public LookLagWatchTests()
    {
        using var logging = new LoggerFactory([log]);
        watch = new LookLagWatch(store, surroundings, surroundings, new ControllerMetrics(registry), new DecisionClock(time), time, logging.CreateLogger<LookLagWatch>());
        store.Put(Key, Spec);
    }

    public void Dispose() => log.Dispose();

    [Fact]
    public async Task A_look_that_is_late_is_said_once_in_an_event_and_the_log_and_always_in_the_metric()
    {
        // Look 3 was taken in time; the next one is due at 160 s, and the scrape after it.
        Status("TooLittleTraffic", look: 3, resumeAt: "2024-05-17T09:32:55Z");
        await AtAsync(TimeSpan.FromSeconds(175 + 80));
        Assert.Empty(surroundings.Events);
        Assert.Contains("canaryanalyzer_look_lag_seconds{namespace=\"shop\",name=\"web-1\",metric=\"compare\"} 80\n", await MetricsAsync(), StringComparison.Ordinal);

        await AtAsync(TimeSpan.FromSeconds(175 + 81));
        await AtAsync(TimeSpan.FromSeconds(175 + 200));

        var told = Assert.Single(surroundings.Events);
        Assert.Equal((EventType.Warning, "LooksLate"), (told.Type, told.Reason));
        Assert.Equal("metric compare: the next look is 1m21s late: no answer has come in; the controller or the metrics backend is overloaded", told.Message);
        Assert.True(log.Lines.TryRead(out var line));
        Assert.Equal($"AnalysisRun shop/web-1: {told.Message}", line);
        Assert.Contains("} 200\n", await MetricsAsync(), StringComparison.Ordinal);

        Status("TooLittleTraffic", look: 9, resumeAt: "2024-05-17T09:36:55Z");
        await AtAsync(TimeSpan.FromSeconds(380));
        Status("TooLittleTraffic", look: 9, resumeAt: "2024-05-17T09:36:55Z");
        await AtAsync(TimeSpan.FromSeconds(900));
        Assert.Equal(2, surroundings.Events.Count);
    }

    [Fact]
    public async Task A_look_that_fails_again_and_again_is_late_by_the_grid_though_it_is_always_due_in_a_moment()
    {
        Status("QueryError", look: 4, resumeAt: "2024-05-17T09:40:00Z");
        await AtAsync(TimeSpan.FromSeconds(595));

        Assert.Equal("metric compare: the next look is 7m0s late: its queries fail", Assert.Single(surroundings.Events).Message);
    }

    [Fact]
    public async Task A_plain_measurement_is_late_by_its_interval()
    {
        store.Put(Key, """{"metrics": [{"name": "rate", "interval": "1m", "count": 5, "provider": {"prometheus": {"query": "up"}}}]}""");
        store.Edit(Key, run => run["status"] = JsonNode.Parse("""
            {"phase": "Running", "startedAt": "2024-05-17T09:30:00Z", "metricResults": [{"name": "rate", "phase": "Running", "count": 1, "successful": 1,
              "measurements": [{"phase": "Successful", "value": "[1]", "startedAt": "2024-05-17T09:30:10Z", "finishedAt": "2024-05-17T09:30:10Z"}]}]}
            """));
        await AtAsync(TimeSpan.FromSeconds(70 + 120));
        Assert.Empty(surroundings.Events);

        await AtAsync(TimeSpan.FromSeconds(70 + 150));

        Assert.Equal("metric rate: the next measurement is 2m30s late: no answer has come in; the controller or the metrics backend is overloaded", Assert.Single(surroundings.Events).Message);
    }

    [Fact]
    public async Task A_run_that_has_ended_or_is_another_ones_lags_behind_nothing()
    {
        Status("TooLittleTraffic", look: 3, resumeAt: "2024-05-17T09:32:55Z");
        surroundings.Foreign = new ForeignHolder("argo", "lease");
        await AtAsync(TimeSpan.FromHours(1));
        (surroundings.Foreign, surroundings.Ours) = (null, false);
        await AtAsync(TimeSpan.FromHours(2));
        surroundings.Ours = true;
        store.Edit(Key, run => run["status"]!["phase"] = "Successful");
        await AtAsync(TimeSpan.FromHours(3));

        Assert.Empty(surroundings.Events);
        Assert.DoesNotContain("canaryanalyzer_look_lag_seconds{", await MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tick_that_fails_is_logged_and_the_next_one_measures_again()
    {
        using var failures = new LoggedEvents(3103);
        using var logging = new LoggerFactory([failures]);
        var failing = new LookLagWatch(store, surroundings, surroundings, new ControllerMetrics(registry), new DecisionClock(time), time, logging.CreateLogger<LookLagWatch>());
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        surroundings.Failure = new InvalidOperationException("unreadable");
        var running = failing.RunAsync(ending.Token);

        for (var tick = 0; tick < 2; tick++)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            Assert.StartsWith("How far looks are behind could not be measured", await failures.Lines.ReadAsync(ending.Token), StringComparison.Ordinal);
        }

        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private Task AtAsync(TimeSpan sinceStart)
    {
        time.SetUtcNow(DecisionClock.Real(Start + sinceStart));
        return watch.MeasureAsync(TestContext.Current.CancellationToken);
    }

    private void Status(string reason, int look, string resumeAt) => store.Edit(Key, run => run["status"] = new JsonObject
    {
        ["phase"] = "Running",
        ["startedAt"] = "2024-05-17T09:30:00Z",
        ["metricResults"] = new JsonArray(new JsonObject
        {
            ["name"] = "compare",
            ["phase"] = "Running",
            ["measurements"] = new JsonArray(new JsonObject
            {
                ["phase"] = "Running", ["startedAt"] = "2024-05-17T09:30:00Z", ["resumeAt"] = resumeAt,
                ["value"] = new JsonObject { ["verdict"] = "Continue", ["reason"] = reason, ["look"] = look }.ToJsonString(),
            }),
        }),
    });

    private async Task<string> MetricsAsync()
    {
        using var stream = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(stream, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
