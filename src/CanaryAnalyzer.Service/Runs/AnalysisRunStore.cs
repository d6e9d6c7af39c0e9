using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Mapping;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Watching;

namespace CanaryAnalyzer.Service.Runs;

/// <summary>
/// AnalysisRuns from the cache, Secrets from the API server. A status goes out as a JSON merge patch of what changed on the object itself: AnalysisRuns have no status
/// subresource.
/// </summary>
internal sealed class AnalysisRunStore(ClusterCaches caches, IResourceClient client) : IAnalysisRunStore
{
    // What our own last write made of a run, so that its return by the watch needn't be read again.
    private readonly ConcurrentDictionary<ResourceKey, (string Version, AnalysisRun Run)> written = new();

    public bool IsBehind(ResourceKey key) => caches.Of(ResourceType.AnalysisRuns).IsBehind(key);

    public StoredRun? Read(ResourceKey key)
    {
        if (caches.Of(ResourceType.AnalysisRuns).Find(key) is { } cached) return Read(cached);
        written.TryRemove(key, out _);
        return null;
    }

    public IReadOnlyList<StoredRun> All() => [.. caches.Of(ResourceType.AnalysisRuns).All().Select(Read).OfType<StoredRun>()];

    public TrafficSplit Split(ResourceKey key)
    {
        if (Owner(key) is not { } rollout) return TrafficSplit.Unknown;
        var status = StatusReader.Read(rollout.Json);
        return new TrafficSplit(status.Weights?.Canary, [.. status.WeightChanges]);
    }

    public IReadOnlyList<string> OthersInFlight(ResourceKey key) => ReleasesInFlight.Of(caches.Of(ResourceType.Rollouts).All().Select(r => (r.Key, r.Json)), Owner(key)?.Key);

    public async Task WriteStatusAsync(StoredRun seen, RunStatus next, CancellationToken cancellationToken)
    {
        var before = new JsonObject { ["status"] = seen.Resource["status"]?.DeepClone() };
        var patch = MergePatch.Between(before, new JsonObject { ["status"] = RunStatusJson.Write(next) });
        if (patch.Count == 0) return;
        patch["metadata"] = new JsonObject { ["resourceVersion"] = seen.Resource["metadata"]?["resourceVersion"]?.DeepClone() };
        var answer = await client.MergePatchAsync(ResourceType.AnalysisRuns, Key(seen), patch, subresource: null, cancellationToken);
        written[Key(seen)] = (answer.ResourceVersion(), seen.Run with { Status = next });
    }

    public Task DeleteAsync(StoredRun seen, CancellationToken cancellationToken) => client.DeleteAsync(
        ResourceType.AnalysisRuns,
        Key(seen),
        new DeleteOptions { Uid = seen.Run.Uid, ResourceVersion = seen.Resource.Text("metadata", "resourceVersion") },
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
        return caches.Of(ResourceType.Rollouts).All(key.Namespace).FirstOrDefault(r => owners.Contains(r.Uid));
    }

    private static ResourceKey Key(StoredRun run) => new(run.Run.Namespace, run.Run.Name);

    private StoredRun? Read(CachedResource cached) =>
        written.TryGetValue(cached.Key, out var last) && last.Version == cached.ResourceVersion ? cached.As(resource => new StoredRun(last.Run, resource)) : cached.As(Read);

    private static StoredRun? Read(JsonObject resource) => AnalysisRuns.Read(resource) is { } run ? new StoredRun(run, resource) : null;
}
