using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Applying;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Kubernetes.Tests.Observing;

public sealed class TemplateOriginTests : IAsyncLifetime
{
    private static readonly ResourceKey Key = new("team", "web");
    private InProcessApiServer server = null!;
    private ClusterConnection connection = null!;
    private TemplateDefaults defaults = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private int Asked => server.Requests.Count(r => r.IsDryRun);

    public async ValueTask InitializeAsync()
    {
        server = await InProcessApiServer.StartAsync();
        connection = server.Connect();
        defaults = new TemplateDefaults(connection.Resources);
        server.Store.Defaults = (kind, resource) =>
        {
            if (kind == ResourceType.ReplicaSets.QualifiedName) resource["spec"]!["template"]!["spec"]!["restartPolicy"] ??= "Always";
        };
        Put("hello:1");
    }

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_version_that_was_made_from_the_template_is_known_and_another_image_is_another_version_without_asking_for_defaults()
    {
        var first = (await CreateAsync("web-a"))!;
        Assert.True(Assert.Single((await ObserveAsync()).Facts.ReplicaSets).IsWanted);

        Put("hello:2");
        var seen = await ObserveAsync();

        Assert.Equal((false, false), (Assert.Single(seen.Facts.ReplicaSets).IsWanted, seen.Facts.Template!.Hash == first.Facts.Template!.Hash));
        Assert.Equal(0, Asked);
    }

    [Fact]
    public async Task A_default_that_is_written_out_makes_no_other_version()
    {
        await CreateAsync("web-a");

        Put("hello:1", pod => pod["restartPolicy"] = "Always");

        Assert.True(Assert.Single((await ObserveAsync()).Facts.ReplicaSets).IsWanted);
        Assert.Equal(1, Asked);
    }

    [Fact]
    public async Task A_version_that_another_controller_made_is_compared_by_the_defaults()
    {
        await CreateAsync("web-a");
        server.Store.Change(ResourceType.ReplicaSets.QualifiedName, "team", "web-a", r => r["metadata"]!["annotations"]!.AsObject().Remove(Markers.Template));

        Assert.True(Assert.Single((await ObserveAsync()).Facts.ReplicaSets).IsWanted);
        Assert.Equal(1, Asked);
    }

    [Fact]
    public async Task A_present_version_whose_ReplicaSet_is_gone_has_the_hash_that_it_had_with_the_defaults()
    {
        var raw = (await ObserveAsync()).Facts.Template!.Hash;
        server.Store.Change(ResourceType.Rollouts.QualifiedName, "team", "web", r => r["status"] = new JsonObject { ["currentPodHash"] = "made-by-another-release" });

        Assert.NotEqual(raw, (await ObserveAsync()).Facts.Template!.Hash);
        Assert.Equal(1, Asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_present_version_keeps_its_hash_when_its_ReplicaSet_is_gone(bool isBesideAnother)
    {
        var hash = (await CreateAsync("web-a"))!.Facts.Template!.Hash;
        server.Store.Change(ResourceType.Rollouts.QualifiedName, "team", "web", r => r["status"] = new JsonObject { ["currentPodHash"] = hash });
        server.Store.Remove(ResourceType.ReplicaSets.QualifiedName, "team", "web-a");
        if (isBesideAnother)
        {
            var other = Samples.ReplicaSet("web-b", "rollout-uid");
            other["metadata"]!["labels"] = new JsonObject { ["app"] = "web", [Markers.PodHash] = "b" };
            server.Store.Put(ResourceType.ReplicaSets.QualifiedName, other);
        }

        Assert.Equal(hash, (await ObserveAsync()).Facts.Template!.Hash);
        Assert.Equal(isBesideAnother ? 1 : 0, Asked);
    }

    [Fact]
    public async Task A_template_that_is_refused_when_its_version_is_made_is_named_by_the_next_reconcile()
    {
        server.Inject(Fault.Answer(422, "Invalid"), r => r is { Method: "POST", Plural: "replicasets" }, times: 2);

        var failure = await Assert.ThrowsAsync<ResourceException>(() => CreateAsync("web-a"));

        Assert.True(failure.IsConflict);
        Assert.Equal("spec.template", Assert.Single((await ObserveAsync()).Facts.Errors).Path);
    }

    [Fact]
    public async Task A_ReplicaSet_that_is_refused_for_another_reason_is_a_failure()
    {
        server.Inject(Fault.Answer(422, "Invalid"), r => r is { Method: "POST", Plural: "replicasets", IsDryRun: false }, times: 2);
        await Assert.ThrowsAsync<ResourceException>(() => CreateAsync("web-a"));

        var failure = await Assert.ThrowsAsync<ResourceException>(() => CreateAsync("web-a"));

        Assert.True(failure.IsInvalid);
    }

    private void Put(string image, Action<JsonObject>? change = null)
    {
        var rollout = SeedManifests.Rollout();
        var spec = rollout["spec"]!.AsObject();
        spec.Remove("workloadRef");
        spec["template"] = SeedManifests.Deployment(image)["spec"]!["template"]!.DeepClone();
        change?.Invoke(spec["template"]!["spec"]!.AsObject());
        server.Store.Put(ResourceType.Rollouts.QualifiedName, rollout);
    }

    private async Task<ObservedRollout?> CreateAsync(string name)
    {
        var seen = await ObserveAsync();
        var view = new StoreView(server.Store);
        var applier = new RolloutApplier(connection.Resources, view, new NoTemplates(), new ClaimRefusals(TimeProvider.System), defaults);
        var template = seen.Facts.Template!;
        var effect = new Effect.CreateReplicaSet { Name = name, Hash = name[4..], Revision = 1, Template = template.Json, Origin = template.Origin, Replicas = 2 };
        await applier.ApplyAsync(new RolloutDecision(new RolloutStatus(), [effect], [], null), seen.Target, mayWait: false, Token);
        return seen;
    }

    private async Task<ObservedRollout> ObserveAsync() =>
        (await new RolloutObserver(new StoreView(server.Store), new NoTemplates(), defaults, OwnFinalizer.Of(""), new ClaimRefusals(TimeProvider.System)).ObserveAsync(Key, Token))!;

    private sealed class NoTemplates : IAnalysisPlanner
    {
        public AnalysisPlan Plan(RolloutAnalysis analysis, string inNamespace, JsonElement rollout) => throw new NotSupportedException();
    }
}
