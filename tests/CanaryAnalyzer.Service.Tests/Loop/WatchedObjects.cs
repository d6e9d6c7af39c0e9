using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Queue;
using CanaryAnalyzer.Kubernetes.Watching;
using CanaryAnalyzer.Service.Loop;
using CanaryAnalyzer.Testing.ApiServer;
using Microsoft.Extensions.Logging.Abstractions;

namespace CanaryAnalyzer.Service.Tests.Loop;

/// <summary>Caches of a server in this process, and the keys that its changes put into the queues of Rollouts, AnalysisRuns and PromotionPolicies.</summary>
internal sealed class WatchedObjects : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> keys = new();
    private readonly ClusterConnection connection;
    private readonly WorkQueues queues;
    private readonly Task running;

    private WatchedObjects(InProcessApiServer server)
    {
        connection = server.Connect();
        Caches = new ClusterCaches(connection.Resources, null, TimeProvider.System, NullLogger<ResourceCache>.Instance);
        queues = new WorkQueues(TimeProvider.System, NullLogger<WorkQueue<ResourceKey>>.Instance);
        new Triggers(Caches, queues, Versions).Start();
        running = Task.WhenAll(Caches.RunAsync(stop.Token), Run(queues.Rollouts, "Rollout"), Run(queues.Runs, "AnalysisRun"), Run(queues.Policies, "PromotionPolicy"));
    }

    public ClusterCaches Caches { get; }

    /// <summary>The versions of AnalysisRuns that their own reconciles wrote.</summary>
    public OwnVersions Versions { get; } = new();

    public IResourceClient Client => connection.Resources;

    /// <summary>Watches the server, and forgets the keys of the objects that it has.</summary>
    public static async Task<WatchedObjects> StartAsync(InProcessApiServer server)
    {
        var watched = new WatchedObjects(server);
        await watched.Caches.SyncedAsync(TestContext.Current.CancellationToken);
        await watched.KeysAsync(server);
        return watched;
    }

    /// <summary>The keys that came since the last call, as <c>kind name</c>; those of all changes up to now are among them.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(InProcessApiServer server)
    {
        var mark = $"mark-{Guid.NewGuid():N}";
        foreach (var (plural, kind) in (ReadOnlySpan<(string, string)>)[("rollouts.argoproj.io", "Rollout"), ("analysisruns.argoproj.io", "AnalysisRun"), ("promotionpolicies.canaryanalyzer.io", "PromotionPolicy")])
            server.Store.Put(plural, Mark(kind, mark, $"{mark}-{kind}"));
        await CameAsync($"Rollout {mark}", 1);
        await CameAsync($"AnalysisRun {mark}", 1);
        await CameAsync($"PromotionPolicy {mark}", 1);
        server.Store.Put("analysistemplates.argoproj.io", Mark("AnalysisTemplate", mark, $"{mark}-Rollout"));
        await CameAsync($"Rollout {mark}", 2);
        server.Store.Put("namespaces", Mark("Namespace", $"{mark}-Rollout", null));
        await CameAsync($"Rollout {mark}", 3);
        var found = keys.ToList();
        keys.Clear();
        return [.. found.Where(key => !key.Contains("mark-", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        queues.Dispose();
        connection.Dispose();
        stop.Dispose();
    }

    private static JsonObject Mark(string kind, string name, string? inNamespace) =>
        new() { ["kind"] = kind, ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = inNamespace }, ["spec"] = new JsonObject() };

    private async Task CameAsync(string key, int times)
    {
        while (keys.Count(known => known == key) < times) await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    private Task Run(WorkQueue<ResourceKey> queue, string kind) => queue.RunAsync(
        1,
        (key, _) =>
        {
            keys.Enqueue($"{kind} {key.Name}");
            return Task.CompletedTask;
        },
        stop.Token);
}
