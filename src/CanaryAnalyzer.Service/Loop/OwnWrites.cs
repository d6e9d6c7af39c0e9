using System.Collections.Concurrent;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Applying;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Service.Loop;

/// <summary>What the last pass over each object wrote, until the caches have seen it.</summary>
internal sealed class OwnWrites(ClusterCaches caches)
{
    private readonly ConcurrentDictionary<ResourceKey, IReadOnlyList<WrittenObject>> writes = new();

    /// <summary>Of what the last pass over an object wrote, that which the caches don't show yet.</summary>
    public IReadOnlyList<WrittenObject> Unseen(ResourceKey key)
    {
        if (!writes.TryGetValue(key, out var written)) return [];
        IReadOnlyList<WrittenObject> unseen = [.. written.Where(w => caches.Of(w.Type).IsBehind(w.Key))];
        if (unseen.Count == 0) writes.TryRemove(key, out _);
        return unseen;
    }

    /// <summary>Calls <paramref name="wake"/> exactly once, when the caches show all of these writes: at once if they do already.</summary>
    public void Await(IReadOnlyList<WrittenObject> unseen, Action wake)
    {
        // One more than there are writes, so that none that is seen meanwhile makes it the last before all are awaited.
        var left = unseen.Count + 1;
        foreach (var write in unseen)
        {
            if (!caches.Of(write.Type).TryAwait(write.Key, Seen)) Seen();
        }

        Seen();

        void Seen()
        {
            if (Interlocked.Decrement(ref left) == 0) wake();
        }
    }

    /// <summary>Keeps what a pass wrote.</summary>
    public void Keep(ResourceKey key, IReadOnlyList<WrittenObject> written)
    {
        if (written.Count > 0) writes[key] = written;
    }
}
