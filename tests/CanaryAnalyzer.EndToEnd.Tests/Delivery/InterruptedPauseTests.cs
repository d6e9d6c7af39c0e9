using CanaryAnalyzer.EndToEnd.Tests.Stages;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.EndToEnd.Tests.Delivery;

/// <summary>A judged pause that something else ends: its run ends with it, and what it would have said counts no more.</summary>
public sealed class InterruptedPauseTests(Theatre theatre)
{
    private const string Slow = """
        {interval: 1s, minDuration: 2m, maxDuration: 4m, promote: WhenSafe, measures: [
          {name: errors, errorRate: {
            requests: 'http_requests_received_total{namespace="{{args.namespace}}"}', errors: 'http_requests_received_total{namespace="{{args.namespace}}",code=~"5.."}'}}]}
        """;

    [Fact]
    public async Task A_new_version_a_persons_abort_and_a_persons_promote_end_the_run()
    {
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "interrupted");
        app.Apply(Manifests.Template(app.Namespace, "slow", Slow));
        app.Apply(Manifests.Policy(app.Namespace, template: "slow"));
        app.Use(60);

        await app.DeliverToPauseAsync(Versions.Slow);
        await JudgedAsync(app, 1);
        await app.DeliverToPauseAsync(Versions.Good);
        await JudgedAsync(app, 2);

        await SteerAsync(app, "abort");
        var aborted = await app.UntilAsync(r => App.Phase(r) == "Degraded", "the abort");
        Assert.Equal("RolloutAborted: Rollout aborted update to revision 3", App.Message(aborted));
        Assert.Null(App.At(aborted, "status", "canaryAnalyzer"));
        await EndedAsync(app, 2);

        await SteerAsync(app, "retry", "rollout");
        await app.UntilAsync(r => App.Phase(r) == "Paused", "the pause after the retry");
        await JudgedAsync(app, 3);
        await SteerAsync(app, "promote");
        var healthy = await app.UntilAsync(r => App.Phase(r) == "Healthy", "the promotion by a person");
        Assert.Equal(App.Text(healthy, "status", "currentPodHash"), App.Text(healthy, "status", "stableRS"));
        await EndedAsync(app, 3);
        Assert.Empty(await app.EventsAsync("VerdictPromote"));
        Assert.Empty(await app.EventsAsync("VerdictRollback"));
    }

    [Fact]
    public async Task Manifests_applied_again_and_a_mistake_in_the_pause_change_neither_version_nor_run()
    {
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "reapplied");
        app.Apply(Manifests.Policy(app.Namespace));
        app.Use();
        await app.DeliverToPauseAsync(Versions.Good);
        await JudgedAsync(app, 1);
        var hash = App.Text(await app.RolloutAsync(), "status", "currentPodHash");

        app.Apply(Manifests.Route(app.Namespace));
        app.Apply(Manifests.Service(app.Namespace, "app-canary"));
        await app.UntilAsync(
            ResourceType.HttpRoutes, "app", r => App.Text(r["spec"]!["rules"]![0]!["backendRefs"]![0], "weight") == "50", "the canary's weight put back");
        await app.UntilAsync(
            ResourceType.Services, "app-canary", s => App.Text(s, "spec", "selector", "rollouts-pod-template-hash") == hash, "the canary's selector put back");

        await app.PatchAsync(ResourceType.Rollouts, "app", """{"spec": {"strategy": {"canary": {"stableService": "nowhere"}}}}""");
        await app.UntilAsync(r => App.Message(r).Contains("spec.strategy.canary.stableService", StringComparison.Ordinal), "the mistake's name");
        Assert.Equal("Running", App.Text(Assert.Single(await app.PauseRunsAsync()), "status", "phase"));
        await app.PatchAsync(ResourceType.Rollouts, "app", """{"spec": {"strategy": {"canary": {"stableService": "app-stable"}}}}""");

        var healthy = await app.UntilAsync(r => App.Phase(r) == "Healthy", "the promotion");
        Assert.Equal(hash, App.Text(healthy, "status", "stableRS"));
        Assert.Equal("2", App.Text(healthy, "metadata", "annotations", "rollout.argoproj.io/revision"));
        Assert.Equal("Successful", App.Text(Assert.Single(await app.PauseRunsAsync()), "status", "phase"));
    }

    /// <summary>Waits until the last of so many runs has looked, and the ones before it are over.</summary>
    private static async Task JudgedAsync(App app, int runs)
    {
        await app.UntilAsync(async () => (await app.PauseRunsAsync()) is var all && all.Count == runs && App.LastMeasurement(all[^1]) is not null, $"a look of run {runs}");
        await EndedAsync(app, runs - 1);
    }

    private static Task EndedAsync(App app, int runs) => app.UntilAsync(
        async () => (await app.PauseRunsAsync()).Take(runs).All(r => App.Text(r, "spec", "terminate") == "true" && App.Text(r, "status", "phase") is "Successful" or "Inconclusive" or "Failed"),
        $"the end of {runs} run(s)");

    private static async Task SteerAsync(App app, params string[] command)
    {
        var (code, output) = await CommandLine.RunAsync(app.Stage, CommandLine.Canaryctl, app.Namespace, [.. command, "app"]);
        Assert.True(code == 0, output);
    }
}
