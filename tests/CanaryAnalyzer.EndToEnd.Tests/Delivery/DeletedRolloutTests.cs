using CanaryAnalyzer.EndToEnd.Tests.Stages;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.EndToEnd.Tests.Delivery;

/// <summary>A Rollout is taken away, for good or to be applied again, while users send requests.</summary>
public sealed class DeletedRolloutTests(Theatre theatre)
{
    private const long Enough = 300;

    [Fact]
    public async Task A_Rollout_that_is_deleted_leaves_the_Deployment_serving_and_no_request_is_lost()
    {
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "deleted");
        await app.UntilAsync(ResourceType.Deployments, "app", d => App.At(d, "spec", "replicas")?.GetValue<int>() == 0, "the Deployment at no pods");
        app.Use();
        await UseAsync(app);

        await app.Stage.Resources.DeleteAsync(ResourceType.Rollouts, new ResourceKey(app.Namespace, "app"), new DeleteOptions(), TestContext.Current.CancellationToken);
        await app.UntilAsync(async () => await app.GetAsync(ResourceType.Rollouts, "app") is null, "the end of the Rollout");
        await app.UntilAsync(async () => (await app.AllAsync(ResourceType.Pods, "rollouts-pod-template-hash")).Count == 0, "the end of its pods");
        await UseAsync(app);

        Assert.Equal([Versions.First], app.Traffic.Keys);
        Assert.Equal(2, (await app.AllAsync(ResourceType.Pods)).Count);
        foreach (var name in (string[])["app-canary", "app-stable"])
        {
            var service = (await app.GetAsync(ResourceType.Services, name))!;
            Assert.Equal("""{"app":"app"}""", service["spec"]!["selector"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task A_Rollout_that_is_applied_again_takes_over_the_pods_that_it_left_behind_and_no_request_is_lost()
    {
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "orphaned", Rollout);

        // It would adopt the ReplicaSets, since its selector matches them, too.
        await app.Stage.Resources.DeleteAsync(ResourceType.Deployments, new ResourceKey(app.Namespace, "app"), new DeleteOptions(), TestContext.Current.CancellationToken);
        app.Use();
        var before = await PodsAsync(app);

        var options = new DeleteOptions { Propagation = DeletePropagation.Orphan };
        await app.Stage.Resources.DeleteAsync(ResourceType.Rollouts, new ResourceKey(app.Namespace, "app"), options, TestContext.Current.CancellationToken);
        await app.UntilAsync(async () => await app.GetAsync(ResourceType.Rollouts, "app") is null, "the end of the Rollout");
        await UseAsync(app);
        app.Apply(Rollout);
        await app.UntilAsync(r => App.Phase(r) == "Healthy", "the Rollout that was applied again");
        await UseAsync(app);

        Assert.Equal(before, await PodsAsync(app));
        Assert.Equal([Versions.First], app.Traffic.Keys);
    }

    private static string Rollout => Manifests.Rollout("orphaned").Replace(
        "workloadRef: {apiVersion: apps/v1, kind: Deployment, name: app, scaleDown: onsuccess}",
        $"template: {{metadata: {{labels: {{app: app}}}}, spec: {{containers: [{{name: app, image: \"{Versions.First}\", ports: [{{containerPort: 80}}]}}]}}}}",
        StringComparison.Ordinal);

    private static async Task UseAsync(App app)
    {
        var before = app.Traffic.Values.Sum(t => t.Requests);
        await app.UntilAsync(() => Task.FromResult(app.Traffic.Values.Sum(t => t.Requests) > before + Enough), "more requests");
    }

    private static async Task<string> PodsAsync(App app) =>
        string.Join(' ', (await app.AllAsync(ResourceType.Pods, "rollouts-pod-template-hash")).Select(p => App.Text(p, "metadata", "uid")).Order(StringComparer.Ordinal));
}
