using System.Collections.Concurrent;
using System.Globalization;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Kubernetes.Watching;

/// <summary>
/// What we wrote that a cache hasn't seen yet. The server sends a kind's changes in the order of their versions, so a cache that saw some version saw all
/// before it.
/// </summary>
internal sealed class OwnWrites
{
    private readonly ConcurrentDictionary<ResourceKey, ulong> _written = new();
    private readonly ConcurrentDictionary<ResourceKey, string> _deleted = new();
    private ulong _seen;

    public void Saw(string resourceVersion)
    {
        if (!TryRead(resourceVersion, out var version))
            return;
        ulong seen;
        while (version > (seen = Volatile.Read(ref _seen)))
            Interlocked.CompareExchange(ref _seen, version, seen);
    }

    public void Wrote(ResourceKey key, string resourceVersion)
    {
        if (TryRead(resourceVersion, out var version))
            _written.AddOrUpdate(key, version, (_, before) => Math.Max(before, version));
    }

    public void Deleted(ResourceKey key, string uid) => _deleted[key] = uid;

    public bool AreUnseen(ResourceKey key, CachedResource? cached)
    {
        if (_written.TryGetValue(key, out var version))
        {
            if (version > Volatile.Read(ref _seen))
                return true;
            _written.TryRemove(KeyValuePair.Create(key, version));
        }

        if (_deleted.TryGetValue(key, out var uid))
        {
            if (cached is { IsBeingDeleted: false } && cached.Uid == uid)
                return true;
            _deleted.TryRemove(KeyValuePair.Create(key, uid));
        }

        return false;
    }

    private static bool TryRead(string resourceVersion, out ulong version) =>
        ulong.TryParse(resourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out version);
}
