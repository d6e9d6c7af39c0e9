using System.Text.Json.Nodes;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Service.Tests.Hosting;

/// <summary>ReplicaSets that the cluster doesn't let the controller claim.</summary>
public sealed class ClaimTests : IAsyncLifetime
{
    private InProcessApiServer server = null!;
    private ReadyPods pods = null!;

    public async ValueTask InitializeAsync()
    {
        server = await InProcessApiServer.StartAsync();
        pods = new ReadyPods(server.Store);
    }

    public async ValueTask DisposeAsync()
    {
        await pods.DisposeAsync();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData(403, "Forbidden")]
    [InlineData(422, "Invalid")]
    public async Task One_that_an_admission_policy_guards_is_told_of_once_and_holds_up_nothing(int code, string reason)
    {
        StoryObjects.Create(server);
        server.Store.Put("replicasets.apps", (JsonObject)JsonNode.Parse("""
            {"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": {"name": "web-abc", "namespace": "team", "uid": "guarded", "labels": {"app": "web", "rollouts-pod-template-hash": "abc"}},
             "spec": {"replicas": 0, "selector": {"matchLabels": {"app": "web", "rollouts-pod-template-hash": "abc"}}, "template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "web", "image": "old"}]}}}}
            """)!);
        server.Inject(Fault.Answer(code, reason), r => r is { Method: "PATCH", Plural: "replicasets", Name: "web-abc" }, times: 1000);
        await using var controller = await RunningController.StartAsync(server);

        await PhaseAsync("Healthy");
        StoryObjects.SetImage(server, "hello:2");
        await PhaseAsync("Paused");
        server.Store.Change("rollouts.argoproj.io", "team", "web", r => r["status"]!["abort"] = true);
        await PhaseAsync("Degraded");

        await RunningController.UntilAsync(server, s => Events(s, "ReplicaSetNotClaimed").Count > 0, "the event");
        var told = Assert.Single(Events(server.Store, "ReplicaSetNotClaimed"));
        Assert.Contains("ReplicaSet web-abc", told["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(1, told["count"]?.GetValue<int>() ?? 1);
        Assert.Empty(Events(server.Store, "ReplicaSetAdopted"));
    }

    private static List<JsonObject> Events(ObjectStore store, string reason) => [.. store.All("events").Where(e => e["reason"]!.GetValue<string>() == reason)];

    private Task PhaseAsync(string phase) => RunningController.UntilAsync(server, _ => RunningController.Status(server)?["phase"]?.GetValue<string>() == phase, $"phase {phase}");
}
