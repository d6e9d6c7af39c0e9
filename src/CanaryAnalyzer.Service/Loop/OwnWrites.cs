using System.Collections.Concurrent;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Applying;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Service.Loop;

/// <summary>What the last pass over each object wrote, until the caches have seen it.</summary>
internal sealed class OwnWrites(ClusterCaches caches)
{
    private readonly ConcurrentDictionary<ResourceKey, IReadOnlyList<WrittenObject>> writes = new();

    /// <summary>Whether the caches are older than what the last pass over an object wrote.</summary>
    public bool AreUnseen(ResourceKey key)
    {
        if (!writes.TryGetValue(key, out var written)) return false;
        var unseen = written.Where(w => caches.Of(w.Type).IsBehind(w.Key)).ToList();
        if (unseen.Count > 0) return true;
        writes.TryRemove(key, out _);
        return false;
    }

    /// <summary>Keeps what a pass wrote.</summary>
    public void Keep(ResourceKey key, IReadOnlyList<WrittenObject> written)
    {
        if (written.Count > 0) writes[key] = written;
    }
}
