using System.Text.Json.Nodes;
using CanaryAnalyzer.EndToEnd.Tests.Stages;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.EndToEnd.Tests.Crashes;

/// <summary><c>kill -9</c> while it judges and at the moment of the verdict: the same run goes on, and the end is the same.</summary>
public sealed class KilledControllerTests(Theatre theatre)
{
    private const string Alone = "--leader-elect=false";

    [Fact]
    public async Task Killed_again_and_again_it_ends_with_one_run_and_one_rollback()
    {
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "killed", options: Alone);
        app.Apply(Manifests.Policy(app.Namespace));
        app.Use();
        // As soon as the new version is known: its ReplicaSet may or may not be there.
        var before = App.Text(await app.RolloutAsync(), "status", "currentPodHash");
        await app.DeliverAsync(Versions.Bad);
        await app.UntilAsync(r => App.Text(r, "status", "currentPodHash") != before, "the new version");
        await RestartAsync(app);
        await app.UntilAsync(async () => (await app.PauseRunsAsync()).Count > 0, "the pause's run");
        await RestartAsync(app);
        await LookAsync(app);
        await RestartAsync(app);
        await RunIsAsync(app, "Failed");
        await RestartAsync(app);

        var degraded = await app.UntilAsync(r => App.Phase(r) == "Degraded", "the rollback");
        var run = Assert.Single(await app.PauseRunsAsync());
        Assert.Equal($"RolloutAborted: Rollout aborted update to revision 2: {App.Text(App.LastMeasurement(run), "message")}", App.Message(degraded));
        Assert.Equal(2, (await app.AllAsync(ResourceType.ReplicaSets)).Count(r => App.Text(r, "metadata", "labels", "rollouts-pod-template-hash").Length > 0));
        Assert.Equal(before, App.Text(degraded, "status", "stableRS"));
        await app.UntilAsync(ResourceType.HttpRoutes, "app", r => Weights(r) == (0, 100), "all traffic back on the stable version");
    }

    [Fact]
    public async Task A_leader_killed_at_the_pause_and_at_the_verdict_is_followed_by_the_next()
    {
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "leaders");
        app.Apply(Manifests.Policy(app.Namespace));
        app.Use();
        await app.DeliverToPauseAsync(Versions.Good);
        await LookAsync(app);
        await RestartAsync(app);
        await RunIsAsync(app, "Successful");
        await RestartAsync(app);

        var healthy = await app.UntilAsync(r => App.Phase(r) == "Healthy", "the promotion");
        Assert.Equal(App.Text(healthy, "status", "currentPodHash"), App.Text(healthy, "status", "stableRS"));
        Assert.Single(await app.PauseRunsAsync());
        Assert.Equal(2, (await app.AllAsync(ResourceType.ReplicaSets)).Count(r => App.Text(r, "metadata", "labels", "rollouts-pod-template-hash").Length > 0));
        Assert.True(await app.Controller.StopAsync() < TimeSpan.FromSeconds(10), "SIGTERM should end it in 10 s");
        Assert.True(app.Controller.ExitCode == 0, app.Controller.Log);
    }

    private static async Task RestartAsync(App app)
    {
        await app.Controller.KillAsync();
        app.StartController(app.Namespace == "killed" ? [Alone] : []);
    }

    private static Task LookAsync(App app) => app.UntilAsync(r => App.At(r, "status", "canaryAnalyzer", "look")?.GetValue<int>() > 0, "a look");

    private static Task RunIsAsync(App app, string phase) =>
        app.UntilAsync(async () => (await app.PauseRunsAsync()).Any(r => App.Text(r, "status", "phase") == phase), $"the verdict {phase}");

    private static (int Canary, int Stable) Weights(JsonObject route)
    {
        var backends = route["spec"]!["rules"]![0]!["backendRefs"]!.AsArray();
        return (backends[0]!["weight"]!.GetValue<int>(), backends[1]!["weight"]!.GetValue<int>());
    }
}
