using System.Text.Json.Nodes;
using CanaryAnalyzer.EndToEnd.Tests.Stages;
using CanaryAnalyzer.Testing.Prometheus;

namespace CanaryAnalyzer.EndToEnd.Tests.Outages;

/// <summary>Without numbers nothing is decided; why is said; and all heals by itself.</summary>
public sealed class PrometheusOutageTests(Theatre theatre)
{
    /// <summary>With so many requests nothing is decided in the moments when there are numbers, however long those between them last.</summary>
    private const string Patient = """
        {interval: 1s, timeout: 1, minDuration: 10s, maxDuration: 4m, promote: WhenSafe, minRequests: 1500, measures: [
          {name: errors, margin: {ratio: 3, absolute: 1%}, errorRate: {
            requests: 'http_requests_received_total{namespace="{{args.namespace}}"}', errors: 'http_requests_received_total{namespace="{{args.namespace}}",code=~"5.."}'}}]}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_prometheus_that_is_away_hangs_answers_a_page_or_nothing_only_delays_the_verdict()
    {
        var stage = await theatre.StageAsync();
        var port = PrometheusServer.FreePort();
        await using var app = await App.DeliverFirstAsync(stage, "outage", prometheus: new Uri($"http://127.0.0.1:{port}"));
        app.Apply(Manifests.Template(app.Namespace, "patient", Patient));
        app.Apply(Manifests.Policy(app.Namespace, template: "patient"));
        app.Use(100);
        await app.DeliverToPauseAsync(Versions.Good);

        await SaysAsync(app, "QueryError", "refused the connection");
        var shown = await CommandLine.RunAsync(stage, CommandLine.Canaryctl, app.Namespace, "get", "rollout", "app");
        Assert.Matches(@"(?m)^Gate: +policy/automatic, .*at most", shown.Output);
        Assert.Matches(@"(?m)^Verdict: .*refused the connection", shown.Output);

        await using (var prometheus = await StartAsync(stage, port))
        {
            await SeesAsync(app, "the first look after it came up");
            await prometheus.HangAsync(Token);
            await SaysAsync(app, "QueryError", "did not answer within 1 s");
            await prometheus.ResumeAsync(Token);
            await SeesAsync(app, "a look after it went on");
        }

        await using (await HtmlServer.StartAsync(port, Token)) await SaysAsync(app, "QueryError", "an HTML page");
        await using (await PrometheusServer.StartAsync(Stage.Prometheus!, "global: {scrape_interval: 1s}", port, Token)) await SaysAsync(app, "MissingSeries", "no");

        Assert.Single(await app.PauseRunsAsync());
        Assert.Equal("Paused", App.Phase(await app.RolloutAsync()));
        await using (await StartAsync(stage, port))
        {
            var healthy = await app.UntilAsync(r => App.Phase(r) == "Healthy", "the promotion");
            Assert.Equal(App.Text(healthy, "status", "currentPodHash"), App.Text(healthy, "status", "stableRS"));
            Assert.Single(await app.PauseRunsAsync());
        }
    }

    private static Task<PrometheusServer> StartAsync(Stage stage, int port) => PrometheusServer.StartAsync(Stage.Prometheus!, Stage.Configuration(stage.Cluster), port, Token);

    /// <summary>Waits for a measurement with a cause; meanwhile nothing but the pause may be.</summary>
    private static async Task SaysAsync(App app, string reason, string text)
    {
        await app.UntilAsync(
            async () =>
            {
                Assert.True(Waiting(await app.RolloutAsync()), "Without numbers the pause must stay");
                return await LastAsync(app) is { } last && App.Text(last.Value, "reason") == reason && last.Sentence.Contains(text, StringComparison.Ordinal);
            },
            $"the reason {reason} ({text})");
        await app.UntilAsync(r => Waiting(r) && App.Text(r, "status", "canaryAnalyzer", "verdict").Contains(text, StringComparison.Ordinal), $"the gate's verdict ({text})");
    }

    private static Task SeesAsync(App app, string what) => app.UntilAsync(
        async () =>
        {
            Assert.True(Waiting(await app.RolloutAsync()), "The pause must stay until there are enough requests");
            return await LastAsync(app) is { } last && App.Text(last.Value, "reason") is not ("QueryError" or "NoData" or "MissingSeries" or "Stale" or "");
        },
        what);

    private static bool Waiting(JsonObject rollout) => App.Phase(rollout) == "Paused" && App.Message(rollout) == "CanaryPauseStep";

    private static async Task<(JsonNode? Value, string Sentence)?> LastAsync(App app)
    {
        var run = Assert.Single(await app.PauseRunsAsync());
        Assert.Contains(App.Text(run, "status", "phase"), new[] { "", "Pending", "Running" });
        return App.LastMeasurement(run) is { } last && App.Text(last, "value") is { Length: > 0 } value ? (JsonNode.Parse(value), App.Text(last, "message")) : null;
    }
}
