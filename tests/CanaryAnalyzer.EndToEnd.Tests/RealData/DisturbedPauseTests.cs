using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Demo;
using CanaryAnalyzer.EndToEnd.Tests.Stages;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Testing.Prometheus;

namespace CanaryAnalyzer.EndToEnd.Tests.RealData;

/// <summary>What goes wrong around a release, on either side of it and in between, changes no verdict.</summary>
public sealed class DisturbedPauseTests(Theatre theatre)
{
    /// <summary>So many that the few users of the beginning need minutes for them, however long the disturbances take.</summary>
    private static readonly string Patient = Manifests.Comparison.Replace("minRequests: 100", "minRequests: 3000", StringComparison.Ordinal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_version_is_promoted_though_pods_restart_scrapes_fail_and_prometheus_restarts_and_hangs()
    {
        var stage = await theatre.StageAsync();
        await using var prometheus = await PrometheusServer.StartAsync(Stage.Prometheus!, Stage.Configuration(stage.Cluster), Token);
        await using var app = await App.DeliverFirstAsync(stage, "disturbed", prometheus: prometheus.Address);
        app.Apply(Manifests.Template(app.Namespace, "patient", Patient));
        app.Apply(Manifests.Policy(app.Namespace, template: "patient"));
        app.Use(40);
        await app.DeliverToPauseAsync(Versions.Good);
        var rollout = await app.RolloutAsync();
        var (canary, stable) = (App.Text(rollout, "status", "currentPodHash"), App.Text(rollout, "status", "stableRS"));
        await LooksAsync(app, 3);

        await RestartOneAsync(app, canary);
        await RestartOneAsync(app, stable);
        await LooksAsync(app, 6);
        var silent = (await PodsAsync(app, stable))[0];
        await app.BehaveAsync(silent, "metrics=off");
        await LooksAsync(app, 10);
        await app.BehaveAsync(silent, "metrics=on");
        await prometheus.RestartAsync(Token);
        await LooksAsync(app, 14);
        await prometheus.HangAsync(Token);
        await app.UntilAsync(async () => await ReasonAsync(app) == "QueryError", "a look that Prometheus did not answer");
        await prometheus.ResumeAsync(Token);

        await using var more = new LoadGenerator(stage.Cluster.GatewayUrl, $"{app.Namespace}.example.com", 150);
        var healthy = await app.UntilAsync(r => App.Phase(r) == "Healthy", "the promotion", TimeSpan.FromMinutes(4));
        Assert.Equal(canary, App.Text(healthy, "status", "stableRS"));
        var errors = JsonNode.Parse(App.Text(App.LastMeasurement(Assert.Single(await app.PauseRunsAsync()))!, "value"))!["measures"]![0]!;
        Assert.InRange(errors["canary"]!["requests"]!.GetValue<long>(), 100, app.Traffic[Versions.Good].Requests + more.Counts[Versions.Good].Requests);
        Assert.InRange(errors["stable"]!["requests"]!.GetValue<long>(), 100, app.Traffic[Versions.First].Requests + more.Counts[Versions.First].Requests);
    }

    [Fact]
    public async Task A_bad_version_is_rolled_back_when_prometheus_is_back()
    {
        var stage = await theatre.StageAsync();
        await using var prometheus = await PrometheusServer.StartAsync(Stage.Prometheus!, Stage.Configuration(stage.Cluster), Token);
        await using var app = await App.DeliverFirstAsync(stage, "hung", prometheus: prometheus.Address);
        app.Apply(Manifests.Template(app.Namespace, "patient", Patient));
        app.Apply(Manifests.Policy(app.Namespace, template: "patient"));
        app.Use();
        await prometheus.HangAsync(Token);
        await app.DeliverToPauseAsync(Versions.Bad);
        await app.UntilAsync(async () => await ReasonAsync(app) == "QueryError", "a look that Prometheus did not answer");
        Assert.Equal("Paused", App.Phase(await app.RolloutAsync()));
        await prometheus.ResumeAsync(Token);

        var degraded = await app.UntilAsync(r => App.Phase(r) == "Degraded", "the rollback", TimeSpan.FromMinutes(4));
        Assert.Matches("rolled back at look [0-9]+: errors [0-9.]+% ", App.Message(degraded));
    }

    /// <summary>The pods of a version that stay: one that was deleted is there for a while.</summary>
    private static async Task<IReadOnlyList<JsonObject>> PodsAsync(App app, string hash) =>
        [.. (await app.AllAsync(ResourceType.Pods, $"rollouts-pod-template-hash={hash}")).Where(pod => App.At(pod, "metadata", "deletionTimestamp") is null)];

    private static async Task RestartOneAsync(App app, string hash)
    {
        var pod = App.Text((await PodsAsync(app, hash))[0], "metadata", "name");
        await app.Stage.Resources.DeleteAsync(ResourceType.Pods, new ResourceKey(app.Namespace, pod), new DeleteOptions(), Token);
    }

    private static async Task<JsonNode?> ValueAsync(App app) =>
        await app.PauseRunsAsync() is [.., var run] ? App.LastValue(run) : null;

    private static async Task<string> ReasonAsync(App app) => App.Text(await ValueAsync(app), "reason");

    private static Task LooksAsync(App app, int number) =>
        app.UntilAsync(async () => (await ValueAsync(app))?["look"]?.GetValue<int>() >= number, $"look {number}");
}
