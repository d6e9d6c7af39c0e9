using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Watching;

/// <summary>One version of an object in a cache. Shared by all who read the cache: nobody changes its JSON.</summary>
public sealed class CachedResource
{
    private readonly ConcurrentDictionary<Type, object?> _parsed = new();

    internal CachedResource(ResourceType type, JsonObject json)
    {
        Type = type;
        Json = json;
        Key = new ResourceKey(json.Text("metadata", "namespace"), json.Name());
        Uid = json.Uid();
        ResourceVersion = json.ResourceVersion();
        IsBeingDeleted = json.IsDeleting();
        OwnerUids = [.. json.Objects("metadata", "ownerReferences").Select(owner => owner.Text("uid")).OfType<string>()];
    }

    /// <summary>What kind of object it is.</summary>
    public ResourceType Type { get; }

    /// <summary>Its namespace and name.</summary>
    public ResourceKey Key { get; }

    /// <summary>Tells it from another object of the same name.</summary>
    public string Uid { get; }

    /// <summary>Which version of it this is.</summary>
    public string ResourceVersion { get; }

    /// <summary>Somebody deleted it, and it waits for its finalizers.</summary>
    public bool IsBeingDeleted { get; }

    /// <summary>The uids of its owners.</summary>
    public IReadOnlyList<string> OwnerUids { get; }

    /// <summary>The object, without <c>managedFields</c>. Read it, don't change it.</summary>
    public JsonObject Json { get; }

    /// <summary>The object as a <typeparamref name="T"/>, parsed once for each version of the object.</summary>
    public T As<T>(Func<JsonObject, T> parse) => (T)_parsed.GetOrAdd(typeof(T), _ => parse(Json))!;
}
