using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Kubernetes.Watching;

/// <summary>Finds a cache's objects by a key made from each of them. <see cref="ResourceCache.AddIndex"/> makes one.</summary>
public sealed class CacheIndex
{
    private readonly Lock _lock;
    private readonly Func<CachedResource, IEnumerable<string>> _keys;
    private readonly Dictionary<string, HashSet<CachedResource>> _entries = new(StringComparer.Ordinal);

    // To make them again from an object that goes could mean to parse it.
    private readonly Dictionary<ResourceKey, string[]> _keysOf = [];

    internal CacheIndex(Lock cacheLock, Func<CachedResource, IEnumerable<string>> keys)
    {
        _lock = cacheLock;
        _keys = keys;
    }

    /// <summary>The objects that have this key, in no order.</summary>
    public IReadOnlyList<CachedResource> Find(string key)
    {
        lock (_lock)
            return _entries.TryGetValue(key, out var found) ? [.. found] : [];
    }

    internal void Add(CachedResource resource)
    {
        string[] keys = [.. _keys(resource)];
        if (keys.Length == 0)
            return;
        _keysOf[resource.Key] = keys;
        foreach (var key in keys)
        {
            if (!_entries.TryGetValue(key, out var found))
                _entries[key] = found = [];
            found.Add(resource);
        }
    }

    internal void Remove(CachedResource resource)
    {
        if (!_keysOf.Remove(resource.Key, out var keys))
            return;
        foreach (var key in keys)
        {
            if (!_entries.TryGetValue(key, out var found))
                continue;
            found.Remove(resource);
            if (found.Count == 0)
                _entries.Remove(key);
        }
    }
}
