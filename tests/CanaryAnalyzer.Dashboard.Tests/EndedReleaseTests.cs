using System.Net;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Dashboard.Explanations;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Dashboard.Tests;

/// <summary>People ask why a release was promoted or rolled back after it was.</summary>
public sealed class EndedReleaseTests : IAsyncLifetime
{
    private const string Value = """{\"verdict\":\"Rollback\",\"look\":2,\"at\":\"2026-05-01T12:01:00Z\"}""";
    private readonly FakeCluster cluster = new();
    private readonly HttpClient http = new();
    private WebApplication app = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IResourceClient>(cluster).AddSingleton<IClusterView>(cluster).AddDashboard(new DashboardOptions(AllowsAnonymous: true));
        app = builder.Build();
        app.MapDashboard();
        await app.StartAsync(TestContext.Current.CancellationToken);
        Rollout("""{"phase": "Healthy"}""");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    [Theory]
    [InlineData("Promoted", "was promoted")]
    [InlineData("Aborted", "was rolled back")]
    public async Task Its_looks_are_served_with_its_record_and_it_is_said_to_have_ended(string outcome, string words)
    {
        Record("web-1", 3, outcome, "2026-05-01T12:02:00Z", "web-run-3");
        Record("web-0", 2, "Aborted", "2026-05-01T11:00:00Z", "web-run-2");
        app.Services.GetRequiredService<ExplanationStore>().Add(new ResourceKey("shop", "web-run-3"), "uid", "errors", new KeptLook(DateTimeOffset.UnixEpoch, """{"whole": true}"""));

        var body = await BodyAsync(HttpStatusCode.OK);

        Assert.Equal("web-run-3", body["analysisRun"]!.GetValue<string>());
        Assert.Equal($"The release of revision 3 has ended: it {words} at 2026-05-01T12:02:00Z", body["message"]!.GetValue<string>());
        Assert.Equal((outcome, "abc3"), (body["release"]!["outcome"]!.GetValue<string>(), body["release"]!["hash"]!.GetValue<string>()));
        Assert.True(body["metrics"]![0]!["looks"]![0]!["explanation"]!["whole"]!.GetValue<bool>());
        Assert.Null(body["source"]);
    }

    [Fact]
    public async Task After_a_restart_what_the_status_of_its_run_holds_is_served()
    {
        Record("web-1", 3, "Aborted", "2026-05-01T12:02:00Z", "web-run-3");
        Run("web-run-3", "Failed");

        var body = await BodyAsync(HttpStatusCode.OK);

        Assert.Equal("status", body["source"]!.GetValue<string>());
        var look = Assert.Single(Assert.Single(body["metrics"]!.AsArray())!["looks"]!.AsArray())!;
        Assert.Equal("2026-05-01T12:01:00Z", look["at"]!.GetValue<string>());
        Assert.Equal(("Rollback", "rolled back at look 2"), (look["explanation"]!["verdict"]!.GetValue<string>(), look["explanation"]!["sentence"]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_ended_run_is_explained_by_its_status_as_well()
    {
        Run("web-run-3", "Failed");

        var body = await BodyAsync(HttpStatusCode.OK, "analysisruns/web-run-3/explanation");

        Assert.Equal(("status", null), (body["source"]!.GetValue<string>(), body["release"]));
    }

    [Fact]
    public async Task When_its_run_is_gone_the_record_is_served()
    {
        Record("web-1", 3, "Promoted", "2026-05-01T12:02:00Z", "web-run-3");

        var body = await BodyAsync(HttpStatusCode.OK);

        Assert.Equal(("record", "the sentence"), (body["source"]!.GetValue<string>(), body["release"]!["sentence"]!.GetValue<string>()));
        Assert.Empty(body["metrics"]!.AsArray());
    }

    [Fact]
    public async Task While_the_next_release_is_under_way_the_last_one_is_named_and_never_taken_for_it()
    {
        Record("web-1", 3, "Aborted", "2026-05-01T12:02:00Z", "web-run-3");
        Rollout("""{"phase": "Progressing", "canary": {"release": {"startedAt": "2026-05-01T13:00:00Z"}}}""");

        var body = await BodyAsync(HttpStatusCode.NotFound);

        Assert.Equal("NotJudged", body["reason"]!.GetValue<string>());
        Assert.Contains("The release of revision 3 has ended: it was rolled back at 2026-05-01T12:02:00Z; it was judged by AnalysisRun web-run-3", body["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_run_of_the_last_step_does_not_speak_for_the_run_that_decided()
    {
        Record("web-1", 3, "Aborted", "2026-05-01T12:02:00Z", "web-release-run");
        Rollout("""{"phase": "Degraded", "abort": true, "canary": {"currentStepAnalysisRunStatus": {"name": "web-run-3", "status": "Successful"}}}""");

        Assert.Equal("web-release-run", (await BodyAsync(HttpStatusCode.OK))["analysisRun"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_release_that_nobody_judged_is_named()
    {
        Record("web-1", 3, "Promoted", "2026-05-01T12:02:00Z", run: null);

        var body = await BodyAsync(HttpStatusCode.NotFound);

        Assert.Equal("No AnalysisRun judges Rollout web: no release is under way. The release of revision 3 has ended: it was promoted at 2026-05-01T12:02:00Z, and no AnalysisRun judged it", body["message"]!.GetValue<string>());
    }

    private void Rollout(string status) => cluster.Put(ResourceType.Rollouts, "shop", "web", $$$"""{"metadata": {"name": "web", "uid": "rollout"}, "status": {{{status}}}}""");

    private void Run(string name, string phase) => cluster.Put(ResourceType.AnalysisRuns, "shop", name, $$$"""
        {"metadata": {"name": "{{{name}}}"}, "status": {"phase": "{{{phase}}}", "metricResults": [{"name": "errors", "phase": "{{{phase}}}", "measurements": [
          {"phase": "{{{phase}}}", "message": "rolled back at look 2", "value": "{{{Value}}}", "finishedAt": "2026-05-01T12:01:05Z"}]}, {"name": "plain", "measurements": [{"value": "[3]"}]}]}}
        """);

    private void Record(string replicaSet, int revision, string outcome, string endedAt, string? run)
    {
        var record = new JsonObject { ["revision"] = revision, ["hash"] = $"abc{revision}", ["endedAt"] = endedAt, ["outcome"] = outcome };
        if (run is not null) (record["run"], record["sentence"]) = (run, "the sentence");
        var metadata = new JsonObject
        {
            ["name"] = replicaSet, ["ownerReferences"] = new JsonArray(new JsonObject { ["uid"] = "rollout" }), ["annotations"] = new JsonObject { ["canaryanalyzer.io/release"] = record.ToJsonString() },
        };
        cluster.Put(ResourceType.ReplicaSets, "shop", replicaSet, new JsonObject { ["metadata"] = metadata }.ToJsonString());
    }

    private async Task<JsonObject> BodyAsync(HttpStatusCode expected, string path = "rollouts/web/explanation")
    {
        using var answer = await http.GetAsync($"{app.Urls.First()}/api/v1/namespaces/shop/{path}", TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == expected, text);
        return (JsonObject)JsonNode.Parse(text)!;
    }
}
