using System.Collections.Concurrent;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Service.Loop;

/// <summary>
/// The versions that a reconcile wrote of its own objects. One that comes back by the watch tells that reconcile nothing: it went on from what it wrote. A version that comes back before the server's
/// answer is not known yet, and costs a reconcile that finds nothing to do.
/// </summary>
internal sealed class OwnVersions
{
    private readonly ConcurrentDictionary<ResourceKey, string> versions = new();

    /// <summary>Notes what the server answered to a write; an earlier version of the object is forgotten.</summary>
    public void Note(ResourceKey key, string version) => versions[key] = version;

    /// <summary>Forgets an object.</summary>
    public void Forget(ResourceKey key) => versions.TryRemove(key, out _);

    /// <summary>Whether this version is what the object's own reconcile wrote last.</summary>
    public bool IsOwn(ResourceKey key, string version) => versions.TryGetValue(key, out var own) && own == version;
}
