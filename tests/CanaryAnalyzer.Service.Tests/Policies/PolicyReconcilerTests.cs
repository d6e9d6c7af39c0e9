using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Watching;
using CanaryAnalyzer.Service.Loop;
using CanaryAnalyzer.Service.Reconciling.Policies;
using CanaryAnalyzer.Service.Tests.Runs;
using CanaryAnalyzer.Testing.ApiServer;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Service.Tests.Policies;

public sealed class PolicyReconcilerTests : IAsyncLifetime
{
    private const string Rollouts = "rollouts.argoproj.io";
    private const string Policies = "promotionpolicies.canaryanalyzer.io";
    private static readonly ResourceKey Web = new("team", "web");
    private readonly CancellationTokenSource stop = new();
    private readonly FakeTimeProvider time = new(DateTimeOffset.Parse("2026-06-01T12:00:00Z", CultureInfo.InvariantCulture));
    private InProcessApiServer server = null!;
    private ClusterConnection connection = null!;
    private ClusterCaches caches = null!;
    private PolicyReconciler reconciler = null!;
    private Task running = null!;

    public async ValueTask InitializeAsync()
    {
        server = await InProcessApiServer.StartAsync();
        Put(Policies, """{"metadata": {"name": "web", "namespace": "team", "generation": 1}, "spec": {"selector": {"matchLabels": {"delivery": "automatic"}}, "templates": [{"templateName": "compare"}]}}""");
        connection = server.Connect();
        caches = new ClusterCaches(connection.Resources, null, TimeProvider.System, NullLogger<ResourceCache>.Instance);
        reconciler = new PolicyReconciler(caches, new PolicyCheck(caches, new AnalysisPlanner(caches)), new FakeSurroundings(), connection.Resources, time);
        running = caches.RunAsync(stop.Token);
        await caches.SyncedAsync(TestContext.Current.CancellationToken);
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
    public async Task A_status_counts_gates_and_names_those_that_wait_the_longest()
    {
        for (var i = 0; i < 30; i++) await PutAsync(i, i < 25 ? $$""", "waitingReason": "noData", "waitingSince": "2026-06-01T11:{{59 - i}}:00Z" """ : "");

        Assert.IsType<PassOutcome.Settled>(await ReconcileAsync());

        var status = server.Store.Find(Policies, "team", "web")!["status"]!;
        Assert.Equal((30, 30, 25), (status["rollouts"]!.GetValue<int>(), status["judged"]!.GetValue<int>(), status["waiting"]!.GetValue<int>()));
        var gates = status["gates"]!.AsArray();
        Assert.Equal([.. Enumerable.Range(5, 20).Reverse().Select(i => $"r{i}")], gates.Select(gate => gate!["rollout"]!.GetValue<string>()));
        Assert.Equal("""{"rollout":"r24","analysisRun":"r24-2","waitingReason":"noData","waitingSince":"2026-06-01T11:35:00Z"}""", gates[0]!.ToJsonString());
    }

    [Fact]
    public async Task Changes_within_a_second_are_written_at_its_end()
    {
        Assert.IsType<PassOutcome.Settled>(await ReconcileAsync());
        await PutAsync(1, "");

        Assert.Equal(time.GetUtcNow() + TimeSpan.FromSeconds(1), Assert.IsType<PassOutcome.LookAgain>(await ReconcileAsync()).At);
        Assert.Single(server.Requests, r => r.Method == "PATCH");

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<PassOutcome.Settled>(await ReconcileAsync());
        Assert.Equal(1, server.Store.Find(Policies, "team", "web")!["status"]!["rollouts"]!.GetValue<int>());
    }

    private async Task<PassOutcome> ReconcileAsync()
    {
        while (caches.Get(ResourceType.PromotionPolicies, Web)?["metadata"]!["resourceVersion"]!.GetValue<string>() != server.Store.Find(Policies, "team", "web")!["metadata"]!["resourceVersion"]!.GetValue<string>())
            await Task.Delay(5, TestContext.Current.CancellationToken);
        return await reconciler.ReconcileAsync(Web, TestContext.Current.CancellationToken);
    }

    private async Task PutAsync(int number, string waiting)
    {
        Put(Rollouts, $$"""
            {"metadata": {"name": "r{{number}}", "namespace": "team", "generation": 1, "labels": {"delivery": "automatic"} }, "spec": {},
             "status": {"canary": {"currentStepAnalysisRunStatus": {"name": "r{{number}}-2"} }, "canaryAnalyzer": {"policy": "web", "verdict": "undecided"{{waiting}}} } }
            """);
        while (caches.Get(ResourceType.Rollouts, new ResourceKey("team", $"r{number}")) is null) await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    private void Put(string kind, string json) => server.Store.Put(kind, (JsonObject)JsonNode.Parse(json)!);
}
