using System.Text.Json.Nodes;
using CanaryAnalyzer.EndToEnd.Tests.Stages;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.EndToEnd.Tests.Releases;

/// <summary>A release is watched to its end, not in its pauses alone, and what became of it is written down.</summary>
public sealed class WatchedReleaseTests(Theatre theatre)
{
    [Fact]
    public async Task Harm_after_the_last_pause_takes_the_release_back_and_a_retry_begins_anew()
    {
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "watched");
        app.Apply(Manifests.Policy(app.Namespace));
        app.Use();

        // The second pod, which only the step behind the pause asks for, leaves time to look on.
        await app.DeliverToPauseAsync(Versions.Good, "start=30s");
        var released = await app.UntilAsync(r => App.At(r, "status", "currentStepIndex")?.GetValue<int>() == 2, "the end of the last pause");
        var judged = Assert.Single(await app.PauseRunsAsync());
        foreach (var pod in await app.AllAsync(ResourceType.Pods, $"rollouts-pod-template-hash={App.Text(released, "status", "currentPodHash")}")) await app.BehaveAsync(pod, "errors=30%,start=30s");

        var degraded = await app.UntilAsync(r => App.Phase(r) == "Degraded", "the rollback");
        var watching = Assert.Single(await app.AllAsync(ResourceType.AnalysisRuns, "rollout-type=Release"));
        var sentence = App.Text(App.LastMeasurement(watching), "message");
        Assert.Matches("rolled back at look [0-9]+: errors [0-9.]+% ", sentence);
        Assert.Equal($"RolloutAborted: Rollout aborted update to revision 2: {sentence}", App.Message(degraded));
        Assert.Equal("Failed", App.Text(watching, "status", "phase"));
        Assert.Equal(App.Text(judged, "metadata", "name"), Annotation(watching, "continues"));
        Assert.Equal("Successful", App.Text(Assert.Single(await app.PauseRunsAsync()), "status", "phase"));
        await app.ToldAsync("VerdictRollback", m => m == sentence);
        var record = await RecordAsync(app, App.Text(degraded, "status", "currentPodHash"));
        Assert.Equal(("Aborted", "policy/automatic", "Rollback"), (App.Text(record, "outcome"), App.Text(record, "by"), App.Text(record, "verdict")));
        Assert.Equal((App.Text(watching, "metadata", "name"), sentence), (App.Text(record, "run"), App.Text(record, "sentence")));
        Assert.Null(App.At(degraded, "status", "canary", "release"));

        await app.PatchAsync(ResourceType.Rollouts, "app", """{"status": {"abort": null}}""", "status");
        await app.UntilAsync(async () => (await app.PauseRunsAsync()).Count == 2, "the pause after the retry");
        var again = (await app.PauseRunsAsync())[^1];
        Assert.Equal(("", "the update was retried"), (Annotation(again, "continues"), Annotation(again, "begins-anew")));
    }

    internal static string Annotation(JsonObject resource, string name) => App.Text(resource, "metadata", "annotations", $"canaryanalyzer.io/{name}");

    /// <summary>The record of a version's release, once it is there.</summary>
    internal static async Task<JsonNode> RecordAsync(App app, string hash)
    {
        var text = "";
        await app.UntilAsync(
            async () => (text = Annotation(Assert.Single(await app.AllAsync(ResourceType.ReplicaSets, $"rollouts-pod-template-hash={hash}")), "release")).Length > 0,
            "the release's record");
        return JsonNode.Parse(text)!;
    }
}
