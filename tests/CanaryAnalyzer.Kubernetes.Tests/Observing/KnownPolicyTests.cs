using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Watching;
using CanaryAnalyzer.Testing.ApiServer;
using Microsoft.Extensions.Logging.Abstractions;

namespace CanaryAnalyzer.Kubernetes.Tests.Observing;

/// <summary>How often a policy's templates are put together: at each look of each Rollout it is asked what it comes to.</summary>
public sealed class KnownPolicyTests : IAsyncLifetime
{
    private const string Policies = "promotionpolicies.canaryanalyzer.io";
    private const string Templates = "analysistemplates.argoproj.io";
    private readonly CancellationTokenSource stop = new();
    private InProcessApiServer server = null!;
    private ClusterConnection connection = null!;
    private ClusterCaches caches = null!;
    private CountingPlanner planner = null!;
    private PolicyObserver observer = null!;
    private Task running = null!;

    public async ValueTask InitializeAsync()
    {
        server = await InProcessApiServer.StartAsync();
        connection = server.Connect();
        caches = new ClusterCaches(connection.Resources, null, TimeProvider.System, NullLogger<ResourceCache>.Instance);
        planner = new CountingPlanner(new AnalysisPlanner(caches));
        observer = new PolicyObserver(caches, planner);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        connection.Dispose();
        stop.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Templates_are_put_together_once_for_each_version_of_policy_and_template()
    {
        await WatchAsync("");
        var first = Assert.Single(observer.Observe(Rollout("a")));
        Assert.Equal(first, Assert.Single(observer.Observe(Rollout("b"))));
        Assert.Equal(1, planner.Count);

        await ChangeAsync(ResourceType.AnalysisTemplates, "up", () => server.Store.Change(Templates, "team", "up", t => t["spec"]!["metrics"]![0]!["successCondition"] = "result[0] > 1"));
        var changed = Assert.Single(observer.Observe(Rollout("a")));
        Assert.NotEqual(first.Fingerprint, changed.Fingerprint);

        await ChangeAsync(ResourceType.PromotionPolicies, "web", () => server.Store.Change(Policies, "team", "web", p => p["spec"]!["maxDuration"] = "1h"));
        Assert.NotEqual(changed.Fingerprint, Assert.Single(observer.Observe(Rollout("a"))).Fingerprint);

        await ChangeAsync(ResourceType.AnalysisTemplates, "up", () => server.Store.Remove(Templates, "team", "up"));
        Assert.Contains("AnalysisTemplate 'up'", Assert.Single(Assert.Single(observer.Observe(Rollout("a"))).Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal(4, planner.Count);
    }

    [Fact]
    public async Task Templates_that_take_a_field_of_the_rollout_are_put_together_for_each()
    {
        await WatchAsync(""", "args": [{"name": "who", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}]""");

        var (a, b) = (Assert.Single(observer.Observe(Rollout("a"))), Assert.Single(observer.Observe(Rollout("b"))));

        Assert.Equal(2, planner.Count);
        Assert.NotEqual(a.Fingerprint, b.Fingerprint);
    }

    private async Task WatchAsync(string args)
    {
        Put(Templates, """
            {"metadata": {"name": "up", "namespace": "team"}, "spec": {"args": [{"name": "who", "value": "all"}], "metrics": [
              {"name": "up", "successCondition": "result[0] > 0", "provider": {"prometheus": {"address": "http://prometheus", "query": "up{who=\"{{args.who}}\"}"}}}]}}
            """);
        Put(Policies, """{"metadata": {"name": "web", "namespace": "team"}, "spec": {"selector": {}, "templates": [{"templateName": "up"}]ARGS}}""".Replace("ARGS", args, StringComparison.Ordinal));
        running = caches.RunAsync(stop.Token);
        await caches.SyncedAsync(TestContext.Current.CancellationToken);
    }

    private async Task ChangeAsync(ResourceType type, string name, Action change)
    {
        var key = new ResourceKey("team", name);
        var before = caches.Of(type).Find(key);
        change();
        while (caches.Of(type).Find(key) == before) await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    private static JsonObject Rollout(string name) => new() { ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "team" } };

    private void Put(string kind, string json) => server.Store.Put(kind, (JsonObject)JsonNode.Parse(json)!);

    private sealed class CountingPlanner(IAnalysisPlanner inner) : IAnalysisPlanner
    {
        public int Count { get; private set; }

        public AnalysisPlan Plan(RolloutAnalysis analysis, string inNamespace, JsonElement rollout)
        {
            Count++;
            return inner.Plan(analysis, inNamespace, rollout);
        }
    }
}
