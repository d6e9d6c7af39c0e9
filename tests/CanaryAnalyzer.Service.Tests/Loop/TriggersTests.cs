using System.Text.Json.Nodes;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Service.Tests.Loop;

public sealed class TriggersTests : IAsyncLifetime
{
    private const string Rollouts = "rollouts.argoproj.io";
    private const string Policies = "promotionpolicies.canaryanalyzer.io";
    private const string Runs = "analysisruns.argoproj.io";
    private InProcessApiServer server = null!;

    public async ValueTask InitializeAsync()
    {
        server = await InProcessApiServer.StartAsync();
        foreach (var name in (string[])["a", "b", "c"])
        {
            Put(Rollouts, """{"metadata": {"name": "NAME", "namespace": "team", "uid": "rollout-NAME", "generation": 1, "labels": {"delivery": "automatic"}}, "spec": {}, "status": {"phase": "Paused", "canaryAnalyzer": {"policy": "web", "verdict": "look 1"}, "canary": {"currentStepAnalysisRunStatus": {"name": "NAME-2", "message": "look 1"}}}}""".Replace("NAME", name, StringComparison.Ordinal));
            Put(Runs, """{"metadata": {"name": "NAME-2", "namespace": "team", "uid": "run-NAME", "ownerReferences": [{"uid": "rollout-NAME"}]}, "spec": {}}""".Replace("NAME", name, StringComparison.Ordinal));
        }

        Put(Policies, """{"metadata": {"name": "web", "namespace": "team", "uid": "policy", "generation": 1}, "spec": {"selector": {"matchLabels": {"delivery": "automatic"}}, "templates": [{"templateName": "compare"}]}}""");
        Put("analysistemplates.argoproj.io", """{"metadata": {"name": "compare", "namespace": "team", "uid": "template", "generation": 1}, "spec": {}}""");
        Put("namespaces", """{"metadata": {"name": "team", "uid": "space"}}""");
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_look_of_one_gate_wakes_its_run_and_its_rollout_alone()
    {
        await using var watched = await WatchedObjects.StartAsync(server);

        server.Store.Change(Runs, "team", "a-2", r => r["status"] = new JsonObject { ["phase"] = "Running" });
        Assert.Equal(["AnalysisRun a-2", "Rollout a"], await watched.KeysAsync(server));

        server.Store.Change(Rollouts, "team", "a", r => Merge(r, Json("""{"status": {"canaryAnalyzer": {"verdict": "look 2", "look": 2, "evidence": 1.5}, "canary": {"currentStepAnalysisRunStatus": {"message": "look 2"}}}}""")));
        Assert.Empty(await watched.KeysAsync(server));
    }

    [Theory]
    [InlineData("""{"status": {"phase": "Degraded"}}""")]
    [InlineData("""{"status": {"newField": 1}}""")]
    [InlineData("""{"status": {"canaryAnalyzer": {"deadline": "2026-06-01T12:00:00Z"}}}""")]
    [InlineData("""{"status": {"canary": {"currentStepAnalysisRunStatus": {"status": "Failed"}}}}""")]
    [InlineData("""{"status": {"canary": {"weights": {"verified": true}}}}""")]
    [InlineData("""{"metadata": {"finalizers": ["one"]}}""")]
    public async Task A_rollout_is_woken_by_all_that_its_decisions_read(string patch)
    {
        await using var watched = await WatchedObjects.StartAsync(server);

        server.Store.Change(Rollouts, "team", "a", r => Merge(r, Json(patch)));

        Assert.Equal(["Rollout a"], await watched.KeysAsync(server));
    }

    [Fact]
    public async Task A_policys_status_wakes_nothing_and_its_spec_all_of_its_namespace()
    {
        await using var watched = await WatchedObjects.StartAsync(server);

        server.Store.Change(Policies, "team", "web", p => p["status"] = new JsonObject { ["waiting"] = 1 });
        Assert.Empty(await watched.KeysAsync(server));

        server.Store.Change(Policies, "team", "web", p => Respec(p, "suspend", true));
        Assert.Equal(["PromotionPolicy web", "Rollout a", "Rollout b", "Rollout c"], await watched.KeysAsync(server));

        server.Store.Remove(Policies, "team", "web");
        Assert.Equal(["PromotionPolicy web", "Rollout a", "Rollout b", "Rollout c"], await watched.KeysAsync(server));
    }

    [Theory]
    [InlineData("""{"status": {"canaryAnalyzer": {"policy": "web", "waitingReason": "noData"}}}""")]
    [InlineData("""{"status": {"canaryAnalyzer": null}}""")]
    [InlineData("""{"metadata": {"labels": {"delivery": null}}}""")]
    [InlineData("""{"metadata": {"generation": 2}}""")]
    public async Task A_policy_is_woken_by_what_its_status_counts(string patch)
    {
        await using var watched = await WatchedObjects.StartAsync(server);

        server.Store.Change(Rollouts, "team", "b", r => Merge(r, Json(patch)));

        Assert.Equal(["PromotionPolicy web", "Rollout b"], await watched.KeysAsync(server));
    }

    [Fact]
    public async Task A_policy_that_takes_an_argument_from_the_status_is_woken_by_each_change_of_it()
    {
        server.Store.Change(Policies, "team", "web", p => Respec(p, "args", new JsonArray(Json("""{"name": "stable", "valueFrom": {"fieldRef": {"fieldPath": "status.stableRS"}}}"""))));
        await using var watched = await WatchedObjects.StartAsync(server);

        server.Store.Change(Rollouts, "team", "b", r => r["status"]!["stableRS"] = "6b7");

        Assert.Equal(["PromotionPolicy web", "Rollout b"], await watched.KeysAsync(server));
    }

    [Fact]
    public async Task Templates_and_namespaces_wake_by_what_decisions_read_of_them()
    {
        await using var watched = await WatchedObjects.StartAsync(server);

        server.Store.Change("analysistemplates.argoproj.io", "team", "compare", t => t["metadata"]!["annotations"] = new JsonObject { ["a"] = "b" });
        server.Store.Put("namespaces", Json("""{"metadata": {"name": "team", "uid": "space", "labels": {"a": "b"}}}"""));
        Assert.Empty(await watched.KeysAsync(server));

        server.Store.Change("analysistemplates.argoproj.io", "team", "compare", t => Respec(t, "args", new JsonArray()));
        Assert.Equal(["PromotionPolicy web", "Rollout a", "Rollout b", "Rollout c"], await watched.KeysAsync(server));

        server.Store.Put("namespaces", Json("""{"metadata": {"name": "team", "uid": "space", "annotations": {"canaryanalyzer.io/hold": "freeze"}}}"""));
        Assert.Equal(["PromotionPolicy web", "Rollout a", "Rollout b", "Rollout c"], await watched.KeysAsync(server));
    }

    private static void Respec(JsonObject resource, string field, JsonNode value)
    {
        resource["spec"]![field] = value;
        resource["metadata"]!["generation"] = resource["metadata"]!["generation"]!.GetValue<int>() + 1;
    }

    private static void Merge(JsonObject into, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is JsonObject inner && into[name] is JsonObject known) Merge(known, inner);
            else into[name] = value?.DeepClone();
        }
    }

    private static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;

    private void Put(string kind, string json) => server.Store.Put(kind, Json(json));
}
