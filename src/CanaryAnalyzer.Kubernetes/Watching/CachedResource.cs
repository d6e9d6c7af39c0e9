using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Kubernetes.Watching;

/// <summary>
/// One version of an object in a cache. Shared by all who read the cache: nobody changes its JSON. It keeps the text of the object; the tree lives as long as
/// somebody reads it.
/// </summary>
public sealed class CachedResource
{
    private readonly RawResource _raw;
    private WeakReference<JsonObject>? _json;
    private Parsed? _parsed;

    internal CachedResource(ResourceType type, RawResource raw)
    {
        Type = type;
        _raw = raw;
        var metadata = new MetadataReader(raw.Utf8);
        Key = new ResourceKey(metadata.Namespace, metadata.Name);
        Uid = metadata.Uid;
        ResourceVersion = metadata.ResourceVersion;
        IsBeingDeleted = metadata.IsBeingDeleted;
        OwnerUids = metadata.OwnerUids;
        ControllerKind = metadata.ControllerKind;
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

    /// <summary>The kind of the owner that controls it; null where none does.</summary>
    public string? ControllerKind { get; }

    /// <summary>Its labels, read from the text at each call.</summary>
    public ImmutableSortedDictionary<string, string> Labels => MetadataReader.Labels(_raw.Utf8);

    /// <summary>The text at a path of fields, read from the object's text at each call; null where there is none.</summary>
    public string? Text(params ReadOnlySpan<string> path) => MetadataReader.Text(_raw.Utf8, path);

    /// <summary>The object, without <c>managedFields</c>. Read it, don't change it. Parsed anew where nobody holds the last tree: keep it in a variable.</summary>
    public JsonObject Json
    {
        get
        {
            var known = Volatile.Read(ref _json);
            if (known is not null && known.TryGetTarget(out var json))
                return json;
            json = _raw.Parse();
            if (known is null)
                Volatile.Write(ref _json, new WeakReference<JsonObject>(json));
            else
                known.SetTarget(json);
            return json;
        }
    }

    /// <summary>The text of the object.</summary>
    internal ReadOnlySpan<byte> Utf8 => _raw.Utf8;

    /// <summary>
    /// The object as a <typeparamref name="T"/>, parsed once for each version of the object and kept as long as this version: it should be small, and not hold the
    /// object's tree.
    /// </summary>
    public T As<T>(Func<JsonObject, T> parse)
    {
        for (var known = Volatile.Read(ref _parsed); known is not null; known = known.Next)
        {
            if (known.Type == typeof(T))
                return (T)known.Value!;
        }

        var value = parse(Json);
        while (true)
        {
            var first = Volatile.Read(ref _parsed);
            for (var known = first; known is not null; known = known.Next)
            {
                if (known.Type == typeof(T))
                    return (T)known.Value!;
            }

            if (Interlocked.CompareExchange(ref _parsed, new Parsed(typeof(T), value, first), first) == first)
                return value;
        }
    }

    private sealed record Parsed(Type Type, object? Value, Parsed? Next);
}
