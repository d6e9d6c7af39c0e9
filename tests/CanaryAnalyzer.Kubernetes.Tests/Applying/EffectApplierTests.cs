using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Applying;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Kubernetes.Tests.Applying;

/// <summary>Effects of an owner that is no Rollout.</summary>
public sealed class EffectApplierTests : IAsyncLifetime
{
    private static readonly EffectTarget Experiment = new()
    {
        Owner = new OwnerReference("argoproj.io/v1alpha1", "Experiment", "web-abc-1-0", "experiment-uid"),
        Namespace = "team",
        Labels = Pairs("app", "web"),
        Annotations = Pairs("team.example.com/owner", "payments"),
        InstanceId = "blue",
    };

    private InProcessApiServer server = null!;
    private ClusterConnection connection = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await InProcessApiServer.StartAsync();
        connection = server.Connect();
    }

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_ReplicaSet_belongs_to_its_owner_and_has_what_the_effect_says()
    {
        await ApplyAsync(new Effect.CreateReplicaSet
        {
            Name = "web-abc-1-0-canary",
            Hash = "def",
            Revision = 2,
            Template = """{"metadata": {"labels": {"app": "web"}}, "spec": {"containers": []}}""",
            Selector = """{"matchLabels": {"app": "web"}}""",
            Replicas = 1,
        });

        var made = server.Store.Find("replicasets.apps", "team", "web-abc-1-0-canary")!;
        Assert.Equal(
            """[{"apiVersion":"argoproj.io/v1alpha1","kind":"Experiment","name":"web-abc-1-0","uid":"experiment-uid","controller":true,"blockOwnerDeletion":true}]""",
            made["metadata"]!["ownerReferences"]!.ToJsonString());
        Assert.Equal("""{"matchLabels":{"app":"web","rollouts-pod-template-hash":"def"}}""", made["spec"]!["selector"]!.ToJsonString());
        Assert.Equal($$"""{"{{Markers.Revision}}":"2","team.example.com/owner":"payments"}""", made["metadata"]!["annotations"]!.ToJsonString());
    }

    [Fact]
    public async Task A_run_belongs_to_its_owner_and_has_its_labels()
    {
        var templates = new RolloutAnalysis { Templates = [new AnalysisTemplateReference("errors", ClusterScope: false)] };
        await ApplyAsync(new Effect.CreateAnalysisRun { Name = "web-abc-1-0-errors", Kind = AnalysisRunKind.Step, PodHash = "abc", Revision = 2, Analysis = templates });

        var metadata = server.Store.Find("analysisruns.argoproj.io", "team", "web-abc-1-0-errors")!["metadata"]!;
        Assert.Equal(("Experiment", "experiment-uid"), (metadata["ownerReferences"]![0]!["kind"]!.ToString(), metadata["ownerReferences"]![0]!["uid"]!.ToString()));
        Assert.Equal(("web", "blue"), (metadata["labels"]!["app"]!.ToString(), metadata["labels"]![Markers.InstanceId]!.ToString()));
    }

    [Fact]
    public async Task What_only_a_Rollout_can_have_is_refused() =>
        await Assert.ThrowsAsync<NotSupportedException>(() => ApplyAsync(new Effect.AnnotateRevision(2)));

    private Task ApplyAsync(Effect effect) =>
        new EffectApplier(connection.Resources, new StoreView(server.Store), new EmptyPlanner(), new TemplateDefaults(connection.Resources)).ApplyAsync(effect, Experiment, Token);

    private static ImmutableSortedDictionary<string, string> Pairs(string key, string value) =>
        ImmutableSortedDictionary<string, string>.Empty.Add(key, value);

    private sealed class EmptyPlanner : IAnalysisPlanner
    {
        public AnalysisPlan Plan(RolloutAnalysis analysis, string inNamespace, JsonElement rollout) => new(new JsonObject { ["metrics"] = new JsonArray() }, [], true, null, null, null);
    }
}
