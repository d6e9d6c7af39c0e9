using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Applying;
using CanaryAnalyzer.Kubernetes.Mapping;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Routing.GatewayApi;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Kubernetes.Tests.Applying;

public sealed class RolloutApplierTests : IAsyncLifetime
{
    private InProcessApiServer server = null!;
    private ClusterConnection connection = null!;
    private StoreView view = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<Type> Effects => [.. typeof(Effect).GetNestedTypes(BindingFlags.Public).Where(t => t.IsSubclassOf(typeof(Effect)))];

    public async ValueTask InitializeAsync()
    {
        server = await InProcessApiServer.StartAsync();
        connection = server.Connect();
        view = new StoreView(server.Store);
        server.Store.Put(ResourceType.Rollouts.QualifiedName, SeedManifests.Rollout());
        server.Store.Put(ResourceType.Deployments.QualifiedName, SeedManifests.Deployment());
        server.Store.Put(ResourceType.Services.QualifiedName, SeedManifests.Service("web-canary"));
        server.Store.Put(ResourceType.HttpRoutes.QualifiedName, SeedManifests.Route());
    }

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public async Task Every_effect_has_an_applier_and_making_it_twice_is_making_it_once(Type kind)
    {
        var effect = Example(kind);
        await MakeAsync(effect);
        var once = Snapshot();

        await MakeAsync(effect);

        Assert.Equal(once, Snapshot());
    }

    [Fact]
    public async Task A_new_version_gets_a_ReplicaSet_of_its_own_with_its_pods()
    {
        await MakeAsync(Example(typeof(Effect.CreateReplicaSet)));

        var made = server.Store.Find("replicasets.apps", "team", "web-abc")!;
        Assert.Equal(2, made["spec"]!["replicas"]!.GetValue<int>());
        Assert.Equal("abc", made["spec"]!["selector"]!["matchLabels"]![Markers.PodHash]!.GetValue<string>());
        Assert.Equal("abc", made["spec"]!["template"]!["metadata"]!["labels"]![Markers.PodHash]!.GetValue<string>());
        Assert.Equal("rollout-uid", made["metadata"]!["ownerReferences"]![0]!["uid"]!.GetValue<string>());
        Assert.Equal(30, made["spec"]!["minReadySeconds"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_service_keeps_the_rest_of_its_selector()
    {
        await MakeAsync(new Effect.SelectVersion("web-canary", "abc"));

        var service = server.Store.Find("services", "team", "web-canary")!;
        Assert.Equal("web", service["spec"]!["selector"]!["app"]!.GetValue<string>());
        Assert.Equal("abc", service["spec"]!["selector"]![Markers.PodHash]!.GetValue<string>());
        Assert.Equal("web", service["metadata"]!["annotations"]![Markers.ManagedBy]!.GetValue<string>());
    }

    [Fact]
    public async Task A_service_that_changed_since_it_was_seen_is_left_alone()
    {
        view.Frozen["services/team/web-canary"] = (JsonObject)server.Store.Find("services", "team", "web-canary")!.DeepClone();
        server.Store.Change("services", "team", "web-canary", s => s["spec"]!["ports"]![0]!["port"] = 81);

        var failure = await Assert.ThrowsAsync<ResourceException>(() => MakeAsync(new Effect.SelectVersion("web-canary", "abc")));

        Assert.True(failure.IsConflict);
        Assert.Null(server.Store.Find("services", "team", "web-canary")!["spec"]!["selector"]![Markers.PodHash]);
    }

    [Fact]
    public async Task The_first_effect_that_fails_ends_the_pass_and_no_status_is_written()
    {
        server.Inject(Fault.Answer(500, "InternalError"), r => r.Plural == "services");

        await Assert.ThrowsAsync<ResourceException>(() => ApplyAsync(
            new RolloutStatus { Phase = RolloutPhase.Healthy }, new Effect.SelectVersion("web-canary", "abc"), new Effect.ScaleWorkload("web", 0)));

        Assert.Equal(2, server.Store.Find("deployments.apps", "team", "web")!["spec"]!["replicas"]!.GetValue<int>());
        Assert.Null(server.Store.Find("rollouts.argoproj.io", "team", "web")!["status"]);
    }

    [Fact]
    public async Task A_persons_word_in_between_wins_over_the_status()
    {
        var target = Target();
        server.Store.Change("rollouts.argoproj.io", "team", "web", r => r["status"] = new JsonObject { ["abort"] = true });

        var failure = await Assert.ThrowsAsync<ResourceException>(
            () => Applier().ApplyAsync(new RolloutDecision(new RolloutStatus { Phase = RolloutPhase.Healthy }, [], [], null), target, mayWait: false, Token));

        Assert.True(failure.IsConflict);
        Assert.True(server.Store.Find("rollouts.argoproj.io", "team", "web")!["status"]!["abort"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("web-canary", true)]
    [InlineData("elsewhere", false)]
    public async Task Weights_count_as_taken_over_only_where_the_route_carries_them(string backend, bool isVerified)
    {
        server.Store.Change("httproutes.gateway.networking.k8s.io", "team", "web", r =>
        {
            foreach (var rule in r["spec"]!["rules"]!.AsArray()) rule!["backendRefs"]![0]!["name"] = backend;
        });

        await ApplyAsync(new RolloutStatus { Weights = new TrafficWeights(20, "abc", "def", Verified: false) }, Example(typeof(Effect.SetRouteWeight)));

        var weights = server.Store.Find("rollouts.argoproj.io", "team", "web")!["status"]!["canary"]!["weights"]!;
        Assert.Equal(isVerified, weights["verified"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Our_own_annotation_is_no_conflict_for_the_status()
    {
        await ApplyAsync(new RolloutStatus { Phase = RolloutPhase.Healthy }, new Effect.AnnotateRevision(4));

        var rollout = server.Store.Find("rollouts.argoproj.io", "team", "web")!;
        Assert.Equal("4", rollout["metadata"]!["annotations"]![Markers.Revision]!.GetValue<string>());
        Assert.Equal("Healthy", rollout["status"]!["phase"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_release_is_recorded_on_a_ReplicaSet_that_the_same_pass_scales()
    {
        await MakeAsync(Example(typeof(Effect.CreateReplicaSet)));
        view.Frozen["replicasets.apps/team/web-abc"] = (JsonObject)server.Store.Find("replicasets.apps", "team", "web-abc")!.DeepClone();

        await ApplyAsync(new RolloutStatus(), new Effect.UpdateReplicaSet { Name = "web-abc", Replicas = 3 }, new Effect.RecordRelease("web-abc", "{}"));

        var made = server.Store.Find("replicasets.apps", "team", "web-abc")!;
        Assert.Equal(3, made["spec"]!["replicas"]!.GetValue<int>());
        Assert.Equal("{}", made["metadata"]!["annotations"]![Markers.Release]!.GetValue<string>());
        await MakeAsync(new Effect.RecordRelease("web-gone", "{}"));
    }

    [Fact]
    public async Task A_run_that_looks_on_has_the_comparisons_alone_and_names_the_run_before()
    {
        await MakeAsync((Effect.CreateAnalysisRun)Example(typeof(Effect.CreateAnalysisRun)) with
        {
            Name = "web-abc-1-release", Kind = AnalysisRunKind.Release, StepIndex = null, Fingerprint = "f", Policy = "web", Continues = "web-abc-1-1",
        });

        var made = server.Store.Find("analysisruns.argoproj.io", "team", "web-abc-1-release")!;
        var annotations = made["metadata"]!["annotations"]!;
        Assert.Equal("Release", made["metadata"]!["labels"]![Markers.RunType]!.GetValue<string>());
        Assert.Equal(("web-abc-1-1", "web", "f"), (annotations[Markers.Continues]!.GetValue<string>(), annotations[Markers.Policy]!.GetValue<string>(), annotations[Markers.Fingerprint]!.GetValue<string>()));
        Assert.Null(annotations[Markers.LastPause]);
        Assert.Equal("compare", made["spec"]!["metrics"]![0]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_Service_is_released_by_its_two_entries_alone()
    {
        server.Store.Change("services", "team", "web-canary", s =>
        {
            s["spec"]!["selector"]!["rollouts-pod-template-hash"] = "abc";
            s["metadata"]!["annotations"] = new JsonObject { ["argo-rollouts.argoproj.io/managed-by-rollouts"] = "web", ["owner"] = "team" };
        });

        await MakeAsync(new Effect.ReleaseService("web-canary"));

        var service = server.Store.Find("services", "team", "web-canary")!;
        Assert.Equal("""{"app":"web"}""", service["spec"]!["selector"]!.ToJsonString());
        Assert.Equal("""{"owner":"team"}""", service["metadata"]!["annotations"]!.ToJsonString());
    }

    [Fact]
    public async Task The_finalizer_comes_and_goes_beside_those_of_others_and_the_status_is_written_after_it()
    {
        server.Store.Change("rollouts.argoproj.io", "team", "web", r => r["metadata"]!["finalizers"] = new JsonArray("theirs"));

        await ApplyAsync(new RolloutStatus { Message = "guarded" }, new Effect.AnnotateRevision(4), new Effect.AddFinalizer());
        Assert.Equal("""["theirs","canaryanalyzer.io/restore-workload"]""", Rollout()["metadata"]!["finalizers"]!.ToJsonString());
        Assert.Equal("guarded", Rollout()["status"]!["message"]!.GetValue<string>());

        await ApplyAsync(new RolloutStatus(), new Effect.RemoveFinalizer());
        Assert.Equal("""["theirs"]""", Rollout()["metadata"]!["finalizers"]!.ToJsonString());
    }

    [Fact]
    public async Task A_Rollout_that_was_let_go_gets_no_status()
    {
        await MakeAsync(new Effect.AddFinalizer());
        server.Store.Delete("rollouts.argoproj.io", "team", "web");

        await ApplyAsync(new RolloutStatus { Message = "too late" }, new Effect.RemoveFinalizer());

        Assert.Null(server.Store.Find("rollouts.argoproj.io", "team", "web"));
        Assert.DoesNotContain(server.Requests, r => r.Body.Contains("too late", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ReplicaSet_without_owner_is_adopted_and_given_up_by_its_owner_references_alone()
    {
        var before = Orphan();

        await MakeAsync(new Effect.AdoptReplicaSet("web-def"));
        var owners = server.Store.Find("replicasets.apps", "team", "web-def")!["metadata"]!["ownerReferences"]!.AsArray();
        Assert.Equal(["backup", "rollout-uid"], owners.Select(o => o!["uid"]!.GetValue<string>()));
        Assert.True(owners[1]!["controller"]!.GetValue<bool>());

        await MakeAsync(new Effect.ReleaseReplicaSet("web-def"));
        var after = server.Store.Find("replicasets.apps", "team", "web-def")!;
        after["metadata"]!["resourceVersion"] = before["metadata"]!["resourceVersion"]!.DeepClone();
        Assert.Equal(before.ToJsonString(), after.ToJsonString());
    }

    [Fact]
    public async Task A_Rollout_that_is_being_deleted_adopts_nothing_whatever_the_cache_says()
    {
        Orphan();
        var target = Target();
        server.Store.Change("rollouts.argoproj.io", "team", "web", r => r["metadata"]!["deletionTimestamp"] = "2026-01-01T00:00:00Z");

        var failure = await Assert.ThrowsAsync<ResourceException>(() => Applier().ApplyAsync(new RolloutDecision(new RolloutStatus(), [new Effect.AdoptReplicaSet("web-def")], [], null), target, mayWait: false, Token));

        Assert.True(failure.IsConflict);
        Assert.Single(server.Store.Find("replicasets.apps", "team", "web-def")!["metadata"]!["ownerReferences"]!.AsArray());
    }

    private JsonObject Orphan() => server.Store.Put("replicasets.apps", SeedManifests.Parse("""
        {"apiVersion": "apps/v1", "kind": "ReplicaSet", "spec": {"replicas": 2},
         "metadata": {"name": "web-def", "namespace": "team", "uid": "set-uid", "labels": {"app": "web", "rollouts-pod-template-hash": "def"}, "ownerReferences": [{"uid": "backup"}]}}
        """));

    private JsonObject Rollout() => server.Store.Find("rollouts.argoproj.io", "team", "web")!;

    private static Effect Example(Type kind) => kind.Name switch
    {
        nameof(Effect.CreateReplicaSet) => new Effect.CreateReplicaSet
        {
            Name = "web-abc",
            Hash = "abc",
            Revision = 1,
            Template = SeedManifests.Deployment()["spec"]!["template"]!.ToJsonString(),
            Selector = SeedManifests.Rollout()["spec"]!["selector"]!.ToJsonString(),
            Replicas = 2,
            RolloutReplicas = 2,
            MinReadySeconds = 30,
        },
        nameof(Effect.UpdateReplicaSet) => new Effect.UpdateReplicaSet { Name = "web-abc", Replicas = 3, RolloutReplicas = 3, Deadline = DeadlineChange.Clear, Revision = (2, "1") },
        nameof(Effect.AdoptReplicaSet) => new Effect.AdoptReplicaSet("web-def"),
        nameof(Effect.ReleaseReplicaSet) => new Effect.ReleaseReplicaSet("web-def"),
        nameof(Effect.DeleteReplicaSet) => new Effect.DeleteReplicaSet("web-abc"),
        nameof(Effect.SelectVersion) => new Effect.SelectVersion("web-canary", "abc"),
        nameof(Effect.ReleaseService) => new Effect.ReleaseService("web-canary"),
        nameof(Effect.AddFinalizer) => new Effect.AddFinalizer(),
        nameof(Effect.RemoveFinalizer) => new Effect.RemoveFinalizer(),
        nameof(Effect.SetRouteWeight) =>
            new Effect.SetRouteWeight(new RouteReference(GatewayApiRouter.FieldName, "HTTPRoute", "team", "web"), "web-canary", "web-stable", 20),
        nameof(Effect.ScaleWorkload) => new Effect.ScaleWorkload("web", 0),
        nameof(Effect.SetReplicas) => new Effect.SetReplicas(3),
        nameof(Effect.AnnotateRevision) => new Effect.AnnotateRevision(4),
        nameof(Effect.RecordRelease) => new Effect.RecordRelease("web-abc", """{"revision":1,"outcome":"Promoted"}"""),
        nameof(Effect.TerminateAnalysisRun) => new Effect.TerminateAnalysisRun("web-abc-1"),
        nameof(Effect.DeleteAnalysisRun) => new Effect.DeleteAnalysisRun("web-abc-1"),
        nameof(Effect.CreateAnalysisRun) => new Effect.CreateAnalysisRun
        {
            Name = "web-abc-1", Kind = AnalysisRunKind.Pause, PodHash = "abc", Revision = 1, StepIndex = 1, Analysis = new RolloutAnalysis { Templates = [new("errors", false)] },
        },
        _ => throw new NotSupportedException($"Say here what an example of {kind.Name} is."),
    };

    private async Task MakeAsync(Effect effect) => await ApplyAsync(new RolloutStatus(), effect);

    private Task<StatusOutcome> ApplyAsync(RolloutStatus status, params Effect[] effects) =>
        Applier().ApplyAsync(new RolloutDecision(status, [.. effects], [], null), Target(), mayWait: false, Token);

    private RolloutApplier Applier() =>
        new(connection.Resources, view, new OneMetricPlanner(), new ClaimRefusals(TimeProvider.System), new TemplateDefaults(connection.Resources));

    private RolloutTarget Target()
    {
        var rollout = (JsonObject)server.Store.Find("rollouts.argoproj.io", "team", "web")!.DeepClone();
        var spec = RolloutReader.Read(rollout).Spec!;
        return new RolloutTarget(rollout, RolloutTarget.OwnerOf(rollout, JsonSerializer.SerializeToElement(rollout), spec), spec, OwnFinalizer.Of(""));
    }

    // Every object, without the versions and times that any write moves.
    private string Snapshot()
    {
        var all = ((string[])["rollouts.argoproj.io", "replicasets.apps", "services", "deployments.apps", "httproutes.gateway.networking.k8s.io", "analysisruns.argoproj.io"])
            .SelectMany(q => server.Store.All(q)).Select(r => (JsonObject)r.DeepClone()).ToList();
        foreach (var metadata in all.Select(r => (JsonObject)r["metadata"]!)) metadata.Remove("resourceVersion");
        return string.Join('\n', all.Select(r => r.ToJsonString()));
    }

    private sealed class OneMetricPlanner : IAnalysisPlanner
    {
        public AnalysisPlan Plan(RolloutAnalysis analysis, string inNamespace, JsonElement rollout) => new(SeedManifests.Parse("""{"metrics": []}"""), [], true, null, null, null)
        {
            Watch = new AnalysisRunSpec { Metrics = [JsonSerializer.Deserialize<JsonElement>("""{"name": "compare"}""")] },
        };
    }
}
