using CanaryAnalyzer.Cli.Demo;
using CanaryAnalyzer.EndToEnd.Tests.Stages;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.EndToEnd.Tests.RealData;

/// <summary>Load and errors that swing for both sides at each weight change: merged over the change they would look like harm of a hundred to one.</summary>
public sealed class SwingingTrafficTests(Theatre theatre)
{
    private const string Steps = "[{setWeight: 20}, {pause: {}}, {setWeight: 80}, {pause: {}}, {setWeight: 100}]";

    [Fact]
    public async Task Errors_and_load_that_rise_for_both_sides_with_the_weight_roll_nothing_back()
    {
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "swinging", Manifests.Rollout("swinging", Steps));
        app.Apply(Manifests.Policy(app.Namespace));
        app.Use(100);
        await app.DeliverToPauseAsync(Versions.Good);

        await SwingAsync(app, "errors=6%");
        await LookedAsync(app, pause: 1);
        await SwingAsync(app, "errors=0.5%");
        await WeightAsync(app, "80");
        await using (var more = new LoadGenerator(app.Stage.Cluster.GatewayUrl, $"{app.Namespace}.example.com", 100))
        {
            await SwingAsync(app, "errors=6%");
            await LookedAsync(app, pause: 2);
            await SwingAsync(app, "errors=0.5%");
        }

        var healthy = await app.UntilAsync(r => App.Phase(r) is "Healthy" or "Degraded", "the end of the release", TimeSpan.FromMinutes(5));
        Assert.True(App.Phase(healthy) == "Healthy", App.Message(healthy));
        Assert.All(await app.PauseRunsAsync(), run => Assert.Equal("Successful", App.Text(run, "status", "phase")), throwIfEmpty: true);
    }

    /// <summary>Waits for a few looks of a pause; it may have ended since.</summary>
    private static Task LookedAsync(App app, int pause) => app.UntilAsync(
        async () => await app.PauseRunsAsync() is var runs && runs.Count >= pause && App.LastValue(runs[pause - 1])?["look"]?.GetValue<int>() >= 3, "a few looks under the high rate");

    /// <summary>Waits for a weight; what it does to the counts is to be kept apart from what was before.</summary>
    private static Task WeightAsync(App app, string canary) => app.UntilAsync(
        ResourceType.HttpRoutes, "app", r => App.Text(r["spec"]!["rules"]![0]!["backendRefs"]![0], "weight") == canary, $"the weight {canary}", TimeSpan.FromMinutes(4));

    private static async Task SwingAsync(App app, string behaviour)
    {
        foreach (var pod in await app.AllAsync(ResourceType.Pods))
            await app.PatchAsync(ResourceType.Pods, App.Text(pod, "metadata", "name"), $$"""{"metadata": {"annotations": {"canaryanalyzer.io/behaviour": "{{behaviour}}"} } }""");
    }
}
