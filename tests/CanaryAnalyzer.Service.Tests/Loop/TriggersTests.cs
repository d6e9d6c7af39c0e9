using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Applying;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Service.Storage;
using CanaryAnalyzer.Service.Tests.Hosting;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Service.Tests.Loop;

public sealed class TriggersTests : IAsyncLifetime
{
    private const string Rollouts = "rollouts.argoproj.io";
    private const string Policies = "promotionpolicies.canaryanalyzer.io";
    private const string Runs = "analysisruns.argoproj.io";
    private const string Sets = "replicasets.apps";
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
    public async Task Owners_are_found_by_index_and_no_other_object_is_read()
    {
        Put(Sets, """{"metadata": {"name": "b-1", "namespace": "team", "uid": "set-b", "ownerReferences": [{"uid": "rollout-b", "kind": "Rollout", "controller": true}]}, "spec": {}}""");
        Put("pods", """{"metadata": {"name": "b-1-x", "namespace": "team", "uid": "pod", "labels": {"rollouts-pod-template-hash": "1"}, "ownerReferences": [{"uid": "set-b", "controller": true}]}}""");
        await using var watched = await WatchedObjects.StartAsync(server);
        var store = new AnalysisRunStore(watched.Caches, watched.Client, watched.Versions);
        server.Store.Change(Rollouts, "team", "c", r => r["status"] = Json("""{"stableRS": "1", "currentPodHash": "2"}"""));
        await watched.KeysAsync(server);
        var scans = Scans();

        server.Store.Change(Runs, "team", "a-2", r => r["status"] = new JsonObject { ["phase"] = "Running" });
        server.Store.Change(Sets, "team", "b-1", r => r["status"] = new JsonObject { ["replicas"] = 1 });
        await UntilAsync(() => watched.Caches.Of(ResourceType.ReplicaSets).Find(new ResourceKey("team", "b-1"))!.Json["status"] is not null);
        server.Store.Change("pods", "team", "b-1-x", r => r["status"] = Json("""{"phase": "Failed"}"""));
        await UntilAsync(() => watched.Caches.Of(ResourceType.Pods).Find(new ResourceKey("team", "b-1-x"))!.Json["status"]!["phase"] is not null);
        await UntilAsync(() => watched.Caches.Of(ResourceType.AnalysisRuns).Find(new ResourceKey("team", "a-2"))!.Json["status"] is not null);
        Assert.Equal(["team/c"], store.OthersInFlight(new ResourceKey("team", "a-2")));
        Assert.Empty(store.OthersInFlight(new ResourceKey("team", "c-2")));
        Assert.Same(TrafficSplit.Unknown, store.Split(new ResourceKey("team", "none")));
        Assert.NotSame(TrafficSplit.Unknown, store.Split(new ResourceKey("team", "c-2")));
        Assert.Equal(scans, Scans());

        Assert.Equal(["AnalysisRun a-2", "Rollout a", "Rollout b"], (await watched.KeysAsync(server)).Distinct());

        (long, long, long) Scans() => (Of(ResourceType.Rollouts), Of(ResourceType.ReplicaSets), Of(ResourceType.AnalysisRuns));

        long Of(ResourceType type) => watched.Caches.Of(type).Scans;
    }

    [Fact]
    public async Task Reconcile_of_a_rollout_reads_no_others()
    {
        StoryObjects.Create(server);
        await using var watched = await WatchedObjects.StartAsync(server);
        var observer = new RolloutObserver(watched.Caches, new AnalysisPlanner(watched.Caches), new TemplateDefaults(watched.Client), OwnFinalizer.Of(""), new ClaimRefusals(TimeProvider.System));
        var (rollouts, sets) = (watched.Caches.Of(ResourceType.Rollouts), watched.Caches.Of(ResourceType.ReplicaSets));
        var before = (rollouts.Scans, sets.Scans);

        Assert.NotNull((await observer.ObserveAsync(new ResourceKey("team", "web"), TestContext.Current.CancellationToken))!.Facts.Spec);

        Assert.Equal(before, (rollouts.Scans, sets.Scans));
    }

    [Fact]
    public async Task A_look_of_one_gate_wakes_its_run_and_its_rollout_alone()
    {
        await using var watched = await WatchedObjects.StartAsync(server);

        server.Store.Change(Runs, "team", "a-2", r => r["status"] = new JsonObject { ["phase"] = "Running" });
        Assert.Equal(["AnalysisRun a-2", "Rollout a"], await watched.KeysAsync(server));

        server.Store.Change(Rollouts, "team", "a", r => Merge(r, Json("""{"status": {"canaryAnalyzer": {"verdict": "look 2", "look": 2, "evidence": 1.5}, "canary": {"currentStepAnalysisRunStatus": {"message": "look 2"}}}}""")));
        Assert.Empty(await watched.KeysAsync(server));
    }

    [Fact]
    public async Task A_run_is_not_woken_by_what_its_own_reconcile_wrote()
    {
        await using var watched = await WatchedObjects.StartAsync(server);
        var store = new AnalysisRunStore(watched.Caches, watched.Client, watched.Versions);
        var key = new ResourceKey("team", "a-2");

        // Versions go up by one: the answer to the write that follows is known before the watch brings it.
        var before = server.Store.Put("configmaps", Json("""{"metadata": {"name": "any", "namespace": "team"}}"""));
        watched.Versions.Note(key, (Version(before) + 1).ToString(CultureInfo.InvariantCulture));
        var own = server.Store.Change(Runs, "team", "a-2", r => r["status"] = new JsonObject { ["phase"] = "Running" });
        Assert.Equal(Version(before) + 1, Version(own));
        Assert.Equal(["Rollout a"], await watched.KeysAsync(server));

        await store.WriteStatusAsync(store.Read(key)!, store.Read(key)!.Run.Status with { Message = "look 1" }, TestContext.Current.CancellationToken);
        await UntilAsync(() => watched.Caches.Of(ResourceType.AnalysisRuns).Find(key)!.Json["status"]!["message"] is not null);
        var written = watched.Caches.Of(ResourceType.AnalysisRuns).Find(key)!.ResourceVersion;
        Assert.True(watched.Versions.IsOwn(key, written));

        server.Store.Change(Runs, "team", "a-2", r => r["spec"] = new JsonObject { ["terminate"] = true });
        Assert.Contains("AnalysisRun a-2", await watched.KeysAsync(server));

        server.Store.Remove(Runs, "team", "a-2");
        Assert.Contains("AnalysisRun a-2", await watched.KeysAsync(server));
        Assert.False(watched.Versions.IsOwn(key, written));

        static long Version(JsonObject stored) => long.Parse(stored["metadata"]!["resourceVersion"]!.GetValue<string>(), CultureInfo.InvariantCulture);
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

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!isSo()) await Task.Delay(5, limit.Token);
    }

    private static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;

    private void Put(string kind, string json) => server.Store.Put(kind, Json(json));
}
