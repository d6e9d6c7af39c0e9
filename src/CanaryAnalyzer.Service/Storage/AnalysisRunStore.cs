using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Mapping;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Watching;
using CanaryAnalyzer.Service.Loop;

namespace CanaryAnalyzer.Service.Storage;

/// <summary>
/// AnalysisRuns from the cache, Secrets from the API server. A status goes out as a JSON merge patch of what changed on the object itself: AnalysisRuns have no status
/// subresource.
/// </summary>
internal sealed class AnalysisRunStore(ClusterCaches caches, IResourceClient client, OwnVersions versions) : IAnalysisRunStore
{
    private const string Running = "running";

    private readonly ReleasesInFlight inFlight = new(caches.Of(ResourceType.Rollouts));
    private readonly CacheIndex running = caches.Of(ResourceType.AnalysisRuns).AddIndex(run => IsCompleted(run) ? [] : [Running]);

    // What our own last write made of a run, so that its return by the watch needn't be read.
    private readonly ConcurrentDictionary<ResourceKey, (string Version, AnalysisRun Run)> written = new();

    public bool IsBehind(ResourceKey key) => caches.Of(ResourceType.AnalysisRuns).IsBehind(key);

    public StoredRun? Read(ResourceKey key)
    {
        if (caches.Of(ResourceType.AnalysisRuns).Find(key) is { } run) return Stored(run);
        written.TryRemove(key, out _);
        versions.Forget(key);
        return null;
    }

    public IReadOnlyList<StoredRun> Uncompleted() => [.. running.Find(Running).Select(Stored).OfType<StoredRun>()];

    public TrafficSplit Split(ResourceKey key)
    {
        if (Owner(key) is not { } rollout) return TrafficSplit.Unknown;
        var status = StatusReader.Read(rollout.Json);
        return new TrafficSplit(status.Weights?.Canary, [.. status.WeightChanges]);
    }

    public IReadOnlyList<string> OthersInFlight(ResourceKey key) => inFlight.Except(Owner(key)?.Key);

    public async Task WriteStatusAsync(StoredRun seen, RunStatus next, CancellationToken cancellationToken)
    {
        var key = Key(seen);
        var isOwn = written.TryGetValue(key, out var last) && last.Version == seen.Version;
        var patch = isOwn ? Patch(seen.Run.Status, next) : MergePatch.Between(Whole(seen.Resource["status"]?.DeepClone()), Whole(RunStatusJson.Write(next)));
        if (patch.Count == 0) return;
        patch["metadata"] = new JsonObject { ["resourceVersion"] = seen.Version };
        var answer = await client.MergePatchAsync(ResourceType.AnalysisRuns, key, patch, subresource: null, cancellationToken);
        if (next.Phase.IsCompleted())
        {
            written.TryRemove(key, out _);
            return;
        }

        written[key] = (answer.ResourceVersion(), seen.Run with { Status = next });
        versions.Note(key, answer.ResourceVersion());
    }

    public Task DeleteAsync(StoredRun seen, CancellationToken cancellationToken) => client.DeleteAsync(
        ResourceType.AnalysisRuns,
        Key(seen),
        new DeleteOptions { Uid = seen.Run.Uid, ResourceVersion = seen.Version },
        cancellationToken);

    public async Task<string?> ReadSecretAsync(string inNamespace, SecretReference reference, CancellationToken cancellationToken)
    {
        var secret = await client.GetAsync(ResourceType.Secrets, new ResourceKey(inNamespace, reference.Name), cancellationToken);
        if (secret.Text("data", reference.Key) is not { } encoded) return null;
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    private CachedResource? Owner(ResourceKey key)
    {
        var owners = caches.Of(ResourceType.AnalysisRuns).Find(key)?.OwnerUids ?? [];
        return owners.Select(caches.Of(ResourceType.Rollouts).FindByUid).OfType<CachedResource>().FirstOrDefault();
    }

    private static JsonObject Whole(JsonNode? status) => new() { ["status"] = status };

    // The results are nearly all of a status, and new as a whole or not at all: they needn't be written twice to be compared.
    private static JsonObject Patch(RunStatus before, RunStatus next)
    {
        var wanted = before.MetricResults == next.MetricResults ? next with { MetricResults = [] } : next;
        return MergePatch.Between(Whole(RunStatusJson.Write(before with { MetricResults = [] })), Whole(RunStatusJson.Write(wanted)));
    }

    private static ResourceKey Key(StoredRun run) => new(run.Run.Namespace, run.Run.Name);

    // What has ended is seldom read again: only what is measured is kept as a run.
    private StoredRun? Stored(CachedResource resource)
    {
        if (written.TryGetValue(resource.Key, out var own) && own.Version == resource.ResourceVersion) return new StoredRun(own.Run, resource.ResourceVersion, () => resource.Json);
        var run = IsCompleted(resource) ? AnalysisRuns.Read(resource.Json) : resource.As(AnalysisRuns.Read);
        return run is null ? null : new StoredRun(run, resource.ResourceVersion, () => resource.Json);
    }

    private static bool IsCompleted(CachedResource run) => Enum.TryParse<AnalysisPhase>(run.Text("status", "phase"), out var phase) && phase.IsCompleted();
}
