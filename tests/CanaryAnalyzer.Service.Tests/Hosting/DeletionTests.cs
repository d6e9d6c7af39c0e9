using System.Text.Json.Nodes;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Service.Tests.Hosting;

public sealed class DeletionTests : IAsyncLifetime
{
    private const string Rollouts = "rollouts.argoproj.io";
    private const string Deployments = "deployments.apps";
    private InProcessApiServer server = null!;
    private ReadyPods pods = null!;

    public async ValueTask InitializeAsync()
    {
        server = await InProcessApiServer.StartAsync();
        pods = new ReadyPods(server.Store);
        StoryObjects.Create(server);
    }

    public async ValueTask DisposeAsync()
    {
        await pods.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_deleted_Rollout_gives_the_pods_and_the_Services_back_before_it_goes()
    {
        await using var controller = await RunningController.StartAsync(server);
        await ScaledDownAsync();

        server.Store.Delete(Rollouts, "team", "web");
        await UntilAsync(s => Replicas(s) == 2, "the Deployment at two pods");
        Assert.NotNull(StoryObjects.ImageBehind(server.Store, "web-stable"));
        Available(2);
        await UntilAsync(s => s.Find(Rollouts, "team", "web") is null, "the end of the Rollout");

        Assert.All((string[])["web-canary", "web-stable"], AssertReleased);
    }

    [Fact]
    public async Task A_deletion_goes_on_where_a_controller_before_left_it()
    {
        await using (await RunningController.StartAsync(server)) await ScaledDownAsync();
        server.Store.Delete(Rollouts, "team", "web");

        await using var controller = await RunningController.StartAsync(server);
        await UntilAsync(s => Replicas(s) == 2, "the Deployment at two pods");
        Available(2);

        await UntilAsync(s => s.Find(Rollouts, "team", "web") is null, "the end of the Rollout");
    }

    [Fact]
    public async Task Services_of_a_Rollout_that_went_while_the_controller_was_away_are_released_and_those_of_others_are_not()
    {
        await using (await RunningController.StartAsync(server)) await ScaledDownAsync();
        server.Store.Remove(Rollouts, "team", "web");
        foreach (var set in server.Store.All("replicasets.apps")) server.Store.Remove("replicasets.apps", "team", set["metadata"]!["name"]!.GetValue<string>());

        await using var controller = await RunningController.StartAsync(server);

        await UntilAsync(s => (string[])["web-canary", "web-stable"] is var names && names.All(n => Hash(s, n) is null), "released Services");
        Assert.All((string[])["web-canary", "web-stable"], AssertReleased);
        await UntilAsync(s => s.All("events").Any(e => e["reason"]!.GetValue<string>() == "ServiceReleased"), "the event");
    }

    [Fact]
    public async Task A_Service_is_kept_while_the_Rollout_that_it_names_is_there_and_only_not_seen_yet()
    {
        var rollout = server.Store.Find(Rollouts, "team", "web")!;
        rollout["metadata"]!["labels"]!["argo-rollouts.argoproj.io/controller-instance-id"] = "theirs";
        server.Store.Remove(Rollouts, "team", "web");
        server.Inject(Fault.Hold(Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken)), r => r.IsWatch && r.Plural == "rollouts", times: 1000);
        await using var controller = await RunningController.StartAsync(server);
        await UntilAsync(_ => server.Requests.Any(r => r.IsWatch && r.Plural == "rollouts"), "a watch of Rollouts that stands still");

        server.Store.Put(Rollouts, rollout);
        Manage("web-stable", "web");
        await UntilAsync(_ => server.Requests.Any(r => r is { Method: "GET", Plural: "rollouts", Name: "web" }), "a look at the Rollout itself");

        // The other one's release shows that this one had its turn: keys are worked on in their order.
        Manage("web-canary", "gone");
        await UntilAsync(s => Hash(s, "web-canary") is null, "the other Service's release");
        Assert.Equal("abc", Hash(server.Store, "web-stable"));

        void Manage(string service, string manager) => server.Store.Change("services", "team", service, s =>
        {
            s["spec"]!["selector"]!["rollouts-pod-template-hash"] = "abc";
            s["metadata"]!["annotations"] = new JsonObject { ["argo-rollouts.argoproj.io/managed-by-rollouts"] = manager };
        });
    }

    [Fact]
    public async Task A_Service_that_the_spec_no_longer_names_is_released()
    {
        await using var controller = await RunningController.StartAsync(server);
        await ScaledDownAsync();
        var other = server.Store.Find("services", "team", "web-canary")!;
        other["metadata"]!["name"] = "web-canary-2";
        other["spec"]!["selector"] = new JsonObject { ["app"] = "web" };
        other["metadata"]!.AsObject().Remove("annotations");
        server.Store.Put("services", other);
        server.Store.Change("httproutes.gateway.networking.k8s.io", "team", "web", r => r["spec"]!["rules"]![0]!["backendRefs"]![0]!["name"] = "web-canary-2");

        server.Store.Change(Rollouts, "team", "web", r => r["spec"]!["strategy"]!["canary"]!["canaryService"] = "web-canary-2");

        await UntilAsync(s => Hash(s, "web-canary") is null && Hash(s, "web-canary-2") is not null, "the one Service released and the other pointed");
        AssertReleased("web-canary");
    }

    [Fact]
    public async Task A_Rollout_of_another_name_takes_over_the_Services_of_one_that_is_gone()
    {
        await using var controller = await RunningController.StartAsync(server);
        await ScaledDownAsync();
        var renamed = server.Store.Find(Rollouts, "team", "web")!;
        foreach (var name in (string[])["uid", "finalizers", "annotations"]) renamed["metadata"]!.AsObject().Remove(name);
        renamed.Remove("status");
        renamed["metadata"]!["name"] = "web2";
        server.Store.Put(Rollouts, renamed);
        await UntilAsync(s => s.Find(Rollouts, "team", "web2")?["status"]?["message"]?.GetValue<string>().Contains("is managed by another Rollout (web)", StringComparison.Ordinal) == true, "the refusal");

        server.Store.Remove(Rollouts, "team", "web");

        await UntilAsync(s => s.Find(Rollouts, "team", "web2")?["status"]?["phase"]?.GetValue<string>() == "Healthy", "the other Rollout's delivery");
        Assert.All((string[])["web-canary", "web-stable"], n => Assert.Equal("web2", StoryObjects.Annotation(server.Store.Find("services", "team", n)!, "argo-rollouts.argoproj.io/managed-by-rollouts")));
    }

    [Fact]
    public async Task A_Rollout_that_is_applied_again_takes_over_the_ReplicaSet_that_it_left_behind()
    {
        await using (await RunningController.StartAsync(server)) await ScaledDownAsync();
        var rollout = server.Store.Find(Rollouts, "team", "web")!;
        var set = Assert.Single(server.Store.All("replicasets.apps"))["metadata"]!["name"]!.GetValue<string>();

        // What the garbage collector does with `--cascade=orphan`.
        server.Store.Change("replicasets.apps", "team", set, s => s["metadata"]!.AsObject().Remove("ownerReferences"));
        server.Store.Remove(Rollouts, "team", "web");
        await using var controller = await RunningController.StartAsync(server);
        foreach (var name in (string[])["uid", "finalizers", "annotations"]) rollout["metadata"]!.AsObject().Remove(name);
        rollout.Remove("status");
        server.Store.Put(Rollouts, rollout);

        await ScaledDownAsync();
        var kept = Assert.Single(server.Store.All("replicasets.apps"));
        Assert.Equal(server.Store.Find(Rollouts, "team", "web")!["metadata"]!["uid"]!.GetValue<string>(), kept["metadata"]!["ownerReferences"]![0]!["uid"]!.GetValue<string>());
        Assert.Equal(2, kept["spec"]!["replicas"]!.GetValue<int>());
        Assert.NotNull(Hash(server.Store, "web-stable"));
    }

    [Fact]
    public async Task While_another_controller_is_at_work_the_finalizer_goes_and_nothing_else_happens()
    {
        await using (await RunningController.StartAsync(server)) await ScaledDownAsync();
        server.Store.Put("leases.coordination.k8s.io", (JsonObject)JsonNode.Parse($$"""
            {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": {"name": "argo-rollouts-controller-lock", "namespace": "argo"},
             "spec": {"holderIdentity": "argo", "leaseDurationSeconds": 3600, "renewTime": "{{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.ffffffZ}}"} }
            """)!);

        await using var controller = await RunningController.StartAsync(server);
        await UntilAsync(s => s.Find(Rollouts, "team", "web")!["metadata"]!["finalizers"] is not JsonArray { Count: > 0 }, "a Rollout without our finalizer");

        server.Store.Delete(Rollouts, "team", "web");
        Assert.Null(server.Store.Find(Rollouts, "team", "web"));
        Assert.Equal(0, Replicas(server.Store));
    }

    [Fact]
    public async Task A_Rollout_that_moves_to_another_instance_loses_the_finalizer_of_this_one_alone()
    {
        await using var controller = await RunningController.StartAsync(server);
        await ScaledDownAsync();
        Assert.Equal(["canaryanalyzer.io/restore-workload"], Finalizers());

        server.Store.Change(Rollouts, "team", "web", r =>
        {
            r["metadata"]!["labels"]!["argo-rollouts.argoproj.io/controller-instance-id"] = "blue";
            r["metadata"]!["finalizers"]!.AsArray().Add("canaryanalyzer.io/restore-workload-blue");
        });

        await UntilAsync(_ => Finalizers() is ["canaryanalyzer.io/restore-workload-blue"], "the other instance's finalizer alone");
    }

    [Fact]
    public async Task An_instance_has_a_finalizer_of_its_own_name()
    {
        server.Store.Change(Rollouts, "team", "web", r =>
        {
            r["metadata"]!["labels"]!["argo-rollouts.argoproj.io/controller-instance-id"] = "blue";
            r["metadata"]!["finalizers"] = new JsonArray("canaryanalyzer.io/restore-workload");
        });
        await using var controller = await RunningController.StartAsync(server, o => o with { InstanceId = "blue" });
        await ScaledDownAsync();

        Assert.Equal(["canaryanalyzer.io/restore-workload", "canaryanalyzer.io/restore-workload-blue"], Finalizers());
    }

    private IReadOnlyList<string> Finalizers() => [.. (server.Store.Find(Rollouts, "team", "web")!["metadata"]!["finalizers"] as JsonArray ?? []).Select(f => f!.GetValue<string>())];

    private async Task ScaledDownAsync() =>
        await UntilAsync(s => Replicas(s) == 0 && s.Find(Rollouts, "team", "web")?["status"]?["phase"]?.GetValue<string>() == "Healthy", "the Deployment at no pods");

    private Task UntilAsync(Func<ObjectStore, bool> isSo, string what) => RunningController.UntilAsync(server, isSo, what);

    // What the Deployment's controller writes, of the generation that it has seen.
    private void Available(int count) => server.Store.Change(
        Deployments, "team", "web", d => d["status"] = new JsonObject { ["availableReplicas"] = count, ["observedGeneration"] = d["metadata"]!["generation"]!.GetValue<long>() });

    private void AssertReleased(string service)
    {
        Assert.Null(Hash(server.Store, service));
        Assert.Null(StoryObjects.Annotation(server.Store.Find("services", "team", service)!, "argo-rollouts.argoproj.io/managed-by-rollouts"));
        Assert.Equal("web", server.Store.Find("services", "team", service)!["spec"]!["selector"]!["app"]!.GetValue<string>());
    }

    private static string? Hash(ObjectStore store, string service) => store.Find("services", "team", service)!["spec"]!["selector"]!["rollouts-pod-template-hash"]?.GetValue<string>();

    private static int Replicas(ObjectStore store) => store.Find(Deployments, "team", "web")!["spec"]!["replicas"]!.GetValue<int>();
}
