using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Kubernetes.Watching;

/// <summary>A cache's objects and indexes under one lock. Every change returns what subscribers have to know.</summary>
internal sealed class CacheContent
{
    private readonly Dictionary<ResourceKey, CachedResource> _objects = [];
    private readonly Dictionary<string, CachedResource> _byUid = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<ResourceKey, CachedResource>> _namespaces = new(StringComparer.Ordinal);
    private readonly List<CacheIndex> _indexes = [];

    public CacheContent()
    {
        Owners = AddIndex(resource => resource.OwnerUids);
        Uncontrolled = AddIndex(resource => resource.ControllerKind is null ? [resource.Key.Namespace ?? ""] : []);
    }

    public Lock Lock { get; } = new();

    public CacheIndex Owners { get; }

    public CacheIndex Uncontrolled { get; }

    public CacheIndex AddIndex(Func<CachedResource, IEnumerable<string>> keys)
    {
        var index = new CacheIndex(Lock, keys);
        lock (Lock)
        {
            foreach (var resource in _objects.Values)
                index.Add(resource);
            _indexes.Add(index);
        }

        return index;
    }

    public CachedResource? Find(ResourceKey key)
    {
        lock (Lock)
            return _objects.GetValueOrDefault(key);
    }

    public CachedResource? FindByUid(string uid)
    {
        lock (Lock)
            return _byUid.GetValueOrDefault(uid);
    }

    public IReadOnlyList<CachedResource> All(string? inNamespace)
    {
        lock (Lock)
        {
            if (inNamespace is null)
                return [.. _objects.Values];
            return _namespaces.TryGetValue(inNamespace, out var found) ? [.. found.Values] : [];
        }
    }

    public ResourceChange? Put(CachedResource resource)
    {
        lock (Lock)
        {
            var old = _objects.GetValueOrDefault(resource.Key);
            if (old is not null && old.ResourceVersion == resource.ResourceVersion)
                return null;
            if (old is not null)
                Take(old);
            _objects[resource.Key] = resource;
            _byUid[resource.Uid] = resource;
            InNamespace(resource.Key)[resource.Key] = resource;
            foreach (var index in _indexes)
                index.Add(resource);
            return new ResourceChange(resource.Type, resource.Key, old, resource);
        }
    }

    public ResourceChange? Remove(ResourceKey key)
    {
        lock (Lock)
        {
            if (!_objects.TryGetValue(key, out var old))
                return null;
            Take(old);
            return new ResourceChange(old.Type, key, old, null);
        }
    }

    public IReadOnlyList<ResourceChange> Replace(IReadOnlyList<CachedResource> all)
    {
        lock (Lock)
        {
            var kept = all.Select(resource => resource.Key).ToHashSet();
            var gone = _objects.Keys.Where(key => !kept.Contains(key)).ToList();
            return [.. gone.Select(Remove).OfType<ResourceChange>(), .. all.Select(Put).OfType<ResourceChange>()];
        }
    }

    private void Take(CachedResource old)
    {
        _objects.Remove(old.Key);
        if (_byUid.GetValueOrDefault(old.Uid) == old)
            _byUid.Remove(old.Uid);
        var neighbours = InNamespace(old.Key);
        neighbours.Remove(old.Key);
        if (neighbours.Count == 0)
            _namespaces.Remove(old.Key.Namespace ?? "");
        foreach (var index in _indexes)
            index.Remove(old);
    }

    private Dictionary<ResourceKey, CachedResource> InNamespace(ResourceKey key)
    {
        var name = key.Namespace ?? "";
        if (!_namespaces.TryGetValue(name, out var found))
            _namespaces[name] = found = [];
        return found;
    }
}
