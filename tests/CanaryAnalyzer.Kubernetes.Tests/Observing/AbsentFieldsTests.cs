using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Applying;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Kubernetes.Tests.Observing;

/// <summary>A Rollout that leaves out what its workload says.</summary>
public sealed class AbsentFieldsTests : IAsyncLifetime
{
    private static readonly ResourceKey Key = new("team", "web");
    private InProcessApiServer server = null!;
    private ClusterConnection connection = null!;
    private StoreView view = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await InProcessApiServer.StartAsync();
        connection = server.Connect();
        view = new StoreView(server.Store);
        foreach (var service in (string[])["web-canary", "web-stable"]) server.Store.Put(ResourceType.Services.QualifiedName, SeedManifests.Service(service));
        server.Store.Put(ResourceType.HttpRoutes.QualifiedName, SeedManifests.Route());
        Put(ResourceType.Deployments, SeedManifests.Deployment(), spec => spec["replicas"] = 4);
    }

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_selector_is_the_workloads_and_a_version_gets_it()
    {
        Put(ResourceType.Rollouts, SeedManifests.Rollout(), spec => spec.Remove("selector"));

        var seen = (await ObserveAsync())!;
        var decision = RolloutDecider.Decide(seen.Facts, DateTimeOffset.UnixEpoch);
        await Applier().ApplyAsync(decision, seen.Target, mayWait: false, Token);

        Assert.Empty(seen.Facts.Errors);
        Assert.Equal("app=web", seen.Facts.Spec!.SelectorText);
        Assert.Equal("web", seen.Target.Owner.Labels["app"]);
        Assert.Equal("web", server.Store.All(ResourceType.ReplicaSets.QualifiedName).Single()["spec"]!["selector"]!["matchLabels"]!["app"]!.GetValue<string>());
        Assert.Null(server.Store.Find(ResourceType.Rollouts.QualifiedName, "team", "web")!["spec"]!["selector"]);
    }

    [Fact]
    public async Task A_given_selector_stays()
    {
        Put(ResourceType.Rollouts, SeedManifests.Rollout(), spec => spec["selector"] = JsonNode.Parse("""{"matchLabels": {"app": "other"}}"""));

        Assert.Equal("app=other", (await ObserveAsync())!.Facts.Spec!.SelectorText);
    }

    [Theory]
    [InlineData(3, 3L, 4)]
    [InlineData(3, 4L, 4)]
    [InlineData(4, 3L, 0)]
    [InlineData(4, null, 0)]
    public async Task The_workloads_pods_count_where_its_controller_has_seen_its_size(long generation, long? observed, int expected)
    {
        var deployment = SeedManifests.Deployment();
        deployment["metadata"]!["generation"] = generation;
        deployment["status"] = new JsonObject { ["availableReplicas"] = 4, ["observedGeneration"] = observed };
        server.Store.Put(ResourceType.Deployments.QualifiedName, SeedManifests.Parse(deployment.ToJsonString()));
        Put(ResourceType.Rollouts, SeedManifests.Rollout(), _ => { });

        Assert.Equal(expected, (await ObserveAsync())!.Facts.Workload!.Available);
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(0, 1)]
    [InlineData(null, 1)]
    public async Task The_number_of_pods_is_the_workloads_and_is_written(int? workload, int expected)
    {
        Put(ResourceType.Deployments, SeedManifests.Deployment(), spec => spec["replicas"] = workload);
        Put(ResourceType.Rollouts, SeedManifests.Rollout(), spec => spec.Remove("replicas"));

        var seen = (await ObserveAsync())!;
        var decision = RolloutDecider.Decide(seen.Facts, DateTimeOffset.UnixEpoch);
        await Applier().ApplyAsync(decision, seen.Target, mayWait: false, Token);

        Assert.Equal([new Effect.SetReplicas(expected)], decision.Effects);
        Assert.Equal(expected, server.Store.Find(ResourceType.Rollouts.QualifiedName, "team", "web")!["spec"]!["replicas"]!.GetValue<int>());
        Assert.Null((await ObserveAsync())!.Facts.UnsetReplicas);
    }

    [Fact]
    public async Task A_number_that_was_taken_out_of_the_manifest_shrinks_nothing()
    {
        Put(ResourceType.Deployments, SeedManifests.Deployment(), spec => spec["replicas"] = 0);
        Put(ResourceType.Rollouts, SeedManifests.Rollout(), spec => spec.Remove("replicas"));
        var running = Samples.ReplicaSet("web-abc", "rollout-uid");
        running["metadata"]!["annotations"] = new JsonObject { [Markers.DesiredReplicas] = "7" };
        running["spec"] = new JsonObject { ["replicas"] = 7 };
        server.Store.Put(ResourceType.ReplicaSets.QualifiedName, running);

        Assert.Equal(7, (await ObserveAsync())!.Facts.UnsetReplicas);
    }

    [Fact]
    public async Task A_rollout_that_gives_all_is_read_as_it_is()
    {
        Put(ResourceType.Rollouts, SeedManifests.Rollout(), _ => { });

        var seen = (await ObserveAsync())!;

        Assert.Null(seen.Facts.UnsetReplicas);
        Assert.Equal(2, seen.Facts.Spec!.Replicas);
    }

    private Task<ObservedRollout?> ObserveAsync() => new RolloutObserver(view, new NoTemplates(), new TemplateDefaults(connection.Resources), OwnFinalizer.Of(""), new ClaimRefusals(TimeProvider.System)).ObserveAsync(Key, Token);

    private RolloutApplier Applier() =>
        new(connection.Resources, view, new NoTemplates(), new ClaimRefusals(TimeProvider.System), new TemplateDefaults(connection.Resources));

    private void Put(ResourceType type, JsonObject resource, Action<JsonObject> change)
    {
        change(resource["spec"]!.AsObject());
        server.Store.Put(type.QualifiedName, resource);
    }

    private sealed class NoTemplates : IAnalysisPlanner
    {
        public AnalysisPlan Plan(RolloutAnalysis analysis, string inNamespace, System.Text.Json.JsonElement rollout) => throw new NotSupportedException();
    }
}
