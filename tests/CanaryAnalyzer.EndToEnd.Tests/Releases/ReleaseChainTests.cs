using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.EndToEnd.Tests.Stages;
using CanaryAnalyzer.Testing.Prometheus;

namespace CanaryAnalyzer.EndToEnd.Tests.Releases;

/// <summary>The pauses of a release are one judgement: the second goes on from the first, waits for its end, and a person may decide otherwise.</summary>
public sealed class ReleaseChainTests(Theatre theatre)
{
    private const string Steps = "[{setWeight: 50}, {pause: {}}, {setWeight: 60}, {pause: {duration: 25s}}, {setWeight: 100}]";

    // Does not say when it promotes.
    private static readonly string ByDefault = Manifests.Comparison.Replace("promote: WhenSafe, ", "", StringComparison.Ordinal);

    [Fact]
    public async Task The_last_pause_goes_on_from_the_first_and_promotes_at_its_end()
    {
        var port = PrometheusServer.FreePort();
        var stage = await theatre.StageAsync();
        await using var app = await App.DeliverFirstAsync(stage, "chained", Manifests.Rollout("chained", Steps), options: Metrics(port));
        app.Apply(Manifests.Template(app.Namespace, "by-default", ByDefault));
        app.Apply(Manifests.Policy(app.Namespace, template: "by-default"));
        app.Use();

        await app.DeliverToPauseAsync(Versions.Good);
        await app.UntilAsync(r => Step(r) == 3 && App.Phase(r) == "Paused", "the second pause");
        await app.UntilAsync(async () => (await app.PauseRunsAsync()) is [_, var last] && App.LastMeasurement(last) is not null, "its first look");
        var first = (await app.PauseRunsAsync())[0];
        var run = (await app.PauseRunsAsync())[1];
        Assert.Equal(("", ""), (Annotation(first, "last-pause"), Annotation(first, "continues")));
        Assert.Equal(("true", App.Text(first, "metadata", "name")), (Annotation(run, "last-pause"), Annotation(run, "continues")));
        Assert.DoesNotContain("begins anew", App.Text(App.LastMeasurement(run), "message"), StringComparison.Ordinal);
        var gate = App.At(await app.UntilAsync(r => App.At(r, "status", "canaryAnalyzer", "deadline") is not null, "the gate"), "status", "canaryAnalyzer")!;
        Assert.Equal(App.Text(gate, "deadline"), App.Text(gate, "earliest"));

        var healthy = await app.UntilAsync(r => App.Phase(r) == "Healthy", "the promotion");
        Assert.True(Instant(App.Text((await app.PauseRunsAsync())[1], "status", "completedAt")) >= Instant(App.Text(gate, "deadline")), "it promoted before the last pause's end");
        var record = await WatchedReleaseTests.RecordAsync(app, App.Text(healthy, "status", "stableRS"));
        Assert.Equal(("Promoted", "policy/automatic", "Promote"), (App.Text(record, "outcome"), App.Text(record, "by"), App.Text(record, "verdict")));
        Assert.Equal(["50", "60"], record["weights"]!.AsArray().Select(w => App.Text(w, "weight")).Take(2));
        Assert.Null(App.At(healthy, "status", "canary", "release"));
        using var http = Api(port, app);
        var left = (await LooksAsync(http, first, stage))[^1]["evidence"]!.GetValue<double>();
        Assert.Contains(await LooksAsync(http, run, stage), l => l["look"]!.GetValue<int>() <= 1 && Math.Abs(Math.Log(l["evidence"]!.GetValue<double>() / left)) < Math.Log(1.2));
    }

    [Fact]
    public async Task Explanations_are_served_to_whoever_has_a_token_and_a_persons_promote_is_recorded()
    {
        var port = PrometheusServer.FreePort();
        var stage = await theatre.StageAsync();
        await using var app = await App.DeliverFirstAsync(stage, "explained", options: Metrics(port));
        app.Apply(Manifests.Template(app.Namespace, "patient", Manifests.Comparison.Replace("minDuration: 10s", "minDuration: 3m", StringComparison.Ordinal)));
        app.Apply(Manifests.Policy(app.Namespace, template: "patient"));
        app.Use();
        await app.DeliverToPauseAsync(Versions.Good);
        await app.UntilAsync(r => App.At(r, "status", "canaryAnalyzer", "look")?.GetValue<int>() >= 5, "the fifth look");

        using var http = Api(port, app);
        Assert.Equal((401, "Unauthorized"), await ReasonAsync(http, "rollouts/app/explanation", null));
        Assert.Equal((401, "Unauthorized"), await ReasonAsync(http, "rollouts/app/explanation", "stolen"));
        var judged = Assert.Single(await app.PauseRunsAsync());
        JsonNode look = new JsonObject(), errors = new JsonObject();
        await app.UntilAsync(async () =>
        {
            look = (await LooksAsync(http, judged, stage))[^1];
            errors = look["measures"]!.AsArray().Single(m => App.Text(m, "name") == "errors")!;
            return errors["low"] is not null && errors["high"] is not null;
        }, "a look with an interval for the ratio");
        Assert.Equal((200, ""), await ReasonAsync(http, "rollouts/app/explanation", await stage.TokenAsync()));
        foreach (var field in (string[])["evidence", "threshold", "budgetSpent", "whatWouldChange", "smallestRatio"]) Assert.True(look[field] is not null, $"no {field}: {look.ToJsonString()}");
        foreach (var field in (string[])["evidence", "dispersion"]) Assert.True(errors[field] is not null, $"no {field}: {errors.ToJsonString()}");
        Assert.InRange(errors["canary"]!["requests"]!.GetValue<long>(), 1, app.Traffic[Versions.Good].Requests);
        Assert.Contains(look["queries"]!.AsArray(), q => q!.ToString().Contains("http_requests_received_total", StringComparison.Ordinal));
        Assert.NotNull(look["flags"]);
        Assert.Equal(3, look["targets"]!.AsArray().Count(t => App.Text(t, "measure") == "errors"));

        var (code, output) = await CommandLine.RunAsync(stage, CommandLine.Canaryctl, app.Namespace, "promote", "app");
        Assert.True(code == 0, output);
        var healthy = await app.UntilAsync(r => App.Phase(r) == "Healthy", "the promotion by a person");
        var run = App.Text(Assert.Single(await app.PauseRunsAsync()), "metadata", "name");
        var record = await WatchedReleaseTests.RecordAsync(app, App.Text(healthy, "status", "stableRS"));
        Assert.Equal(("Promoted", "person", run), (App.Text(record, "outcome"), App.Text(record, "by"), App.Text(record, "run")));
        Assert.Equal("a person promoted the judged pause of step 2", Assert.Single(record["overruled"]!.AsArray())!.ToString());
        Assert.Equal(200, (await GetAsync(http, $"analysisruns/{run}/explanation", await stage.TokenAsync())).Status);

        await AfterARestartAsync(app, stage, http, port, run);
    }

    /// <summary>Nothing of the looks is in memory any more: what the run's status has is explained.</summary>
    private static async Task AfterARestartAsync(App app, Stage stage, HttpClient http, int port, string run)
    {
        await app.Controller.KillAsync();
        app.StartController(Metrics(port));
        await app.UntilAsync(async () => await ReasonAsync(http, $"analysisruns/{run}/explanation", await stage.TokenAsync()) == (200, ""), "an answer about the ended run");
        var (_, left) = await GetAsync(http, $"analysisruns/{run}/explanation", await stage.TokenAsync());
        Assert.Equal("status", App.Text(left, "source"));
        var last = Assert.Single(Assert.Single(left["metrics"]!.AsArray())!["looks"]!.AsArray())!["explanation"]!;
        var measured = App.LastMeasurement(Assert.Single(await app.PauseRunsAsync()));
        Assert.Equal(("Inconclusive", App.Text(measured, "message")), (App.Text(last, "verdict"), App.Text(last, "sentence")));
    }

    private static string Annotation(JsonObject resource, string name) => WatchedReleaseTests.Annotation(resource, name);

    private static string[] Metrics(int port) => ["--metrics-port", port.ToString(CultureInfo.InvariantCulture)];

    private static HttpClient Api(int port, App app) => new() { BaseAddress = new Uri($"http://127.0.0.1:{port}/api/v1/namespaces/{app.Namespace}/") };

    /// <summary>The explanations of a run's looks, oldest first.</summary>
    private static async Task<IReadOnlyList<JsonNode>> LooksAsync(HttpClient http, JsonObject run, Stage stage)
    {
        var (status, body) = await GetAsync(http, $"analysisruns/{App.Text(run, "metadata", "name")}/explanation", await stage.TokenAsync());
        Assert.True(status == 200, body.ToJsonString());
        return [.. Assert.Single(body["metrics"]!.AsArray())!["looks"]!.AsArray().Select(l => l!["explanation"]!)];
    }

    private static int? Step(JsonObject rollout) => App.At(rollout, "status", "currentStepIndex")?.GetValue<int>();

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<(int Status, string Reason)> ReasonAsync(HttpClient http, string path, string? token)
    {
        try
        {
            var (status, body) = await GetAsync(http, path, token);
            return (status, App.Text(body, "reason"));
        }
        catch (HttpRequestException)
        {
            // Not started yet.
            return (0, "");
        }
    }

    private static async Task<(int Status, JsonNode Body)> GetAsync(HttpClient http, string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }
}
