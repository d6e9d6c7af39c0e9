using System.Globalization;
using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Testing.ApiServer;

/// <summary>Objects of any kind, their versions and their history. One lock, for there is no hurry in tests.</summary>
public sealed class ObjectStore
{
    private static readonly HashSet<string> WithStatusSubresource = new(StringComparer.Ordinal)
    {
        "rollouts.argoproj.io", "promotionpolicies.canaryanalyzer.io", "replicasets.apps", "deployments.apps", "pods", "services",
    };

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);
    private readonly List<StoredChange> _history = [];
    private long _version = 100;
    private long _oldest;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next change.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
                return _changed.Task;
        }
    }

    /// <summary>Fills defaults into an object that is created, given its qualified name, as the API server does; null fills in nothing.</summary>
    public Action<string, JsonObject>? Defaults { get; set; }

    internal long Version
    {
        get
        {
            lock (_lock)
                return _version;
        }
    }

    /// <summary>Puts an object as it is, status and all, with the next version; replaces one of the same name.</summary>
    public JsonObject Put(string qualifiedName, JsonObject resource)
    {
        lock (_lock)
        {
            var key = Key(qualifiedName, Text(resource, "namespace"), Text(resource, "name")!);
            return Store(qualifiedName, key, (JsonObject)resource.DeepClone(), _objects.ContainsKey(key) ? "MODIFIED" : "ADDED");
        }
    }

    /// <summary>Reads an object; null if there is none.</summary>
    public JsonObject? Find(string qualifiedName, string? inNamespace, string name)
    {
        lock (_lock)
            return _objects.GetValueOrDefault(Key(qualifiedName, inNamespace, name))?.DeepClone() as JsonObject;
    }

    /// <summary>All objects of a kind.</summary>
    public IReadOnlyList<JsonObject> All(string qualifiedName, string? inNamespace = null)
    {
        lock (_lock)
        {
            var prefix = inNamespace is null ? qualifiedName + "|" : $"{qualifiedName}|{inNamespace}|";
            return [.. _objects.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(entry => (JsonObject)entry.Value.DeepClone())];
        }
    }

    /// <summary>Changes an object as another client would.</summary>
    public JsonObject Change(string qualifiedName, string inNamespace, string name, Action<JsonObject> change)
    {
        lock (_lock)
        {
            var key = Key(qualifiedName, inNamespace, name);
            var copy = (JsonObject)_objects[key].DeepClone();
            change(copy);
            return Store(qualifiedName, key, copy, "MODIFIED");
        }
    }

    /// <summary>Changes an object, unless somebody removed it meanwhile.</summary>
    public void ChangeIfThere(string qualifiedName, string inNamespace, string name, Action<JsonObject> change)
    {
        lock (_lock)
        {
            if (_objects.ContainsKey(Key(qualifiedName, inNamespace, name))) Change(qualifiedName, inNamespace, name, change);
        }
    }

    /// <summary>Removes an object.</summary>
    public bool Remove(string qualifiedName, string? inNamespace, string name)
    {
        lock (_lock)
        {
            var key = Key(qualifiedName, inNamespace, name);
            if (!_objects.TryGetValue(key, out var gone))
                return false;
            Store(qualifiedName, key, (JsonObject)gone.DeepClone(), "DELETED");
            return true;
        }
    }

    /// <summary>Deletes an object as another client would: at once, or when its last finalizer is gone.</summary>
    public void Delete(string qualifiedName, string inNamespace, string name)
    {
        lock (_lock)
        {
            var key = Key(qualifiedName, inNamespace, name);
            if (!HasFinalizers(_objects[key]))
                Remove(qualifiedName, inNamespace, name);
            else if (Text(_objects[key], "deletionTimestamp") is null)
                Change(qualifiedName, inNamespace, name, o => o["metadata"]!["deletionTimestamp"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Forgets the history, as etcd does every few minutes: watches from before get a 410.</summary>
    public void Compact()
    {
        lock (_lock)
        {
            _version++;
            _oldest = _version;
            _history.Clear();
        }
    }

    internal IReadOnlyList<StoredChange> ChangesAfter(long version, string qualifiedName)
    {
        lock (_lock)
        {
            if (version < _oldest)
                throw ApiErrorException.Expired();

            // It ascends by version, and whoever watches has seen most of it.
            var first = _history.FindLastIndex(change => change.Version <= version) + 1;
            return [.. _history.Skip(first).Where(change => change.QualifiedName == qualifiedName)];
        }
    }

    internal JsonObject Create(ApiRequest request, JsonObject resource)
    {
        lock (_lock)
        {
            var metadata = resource["metadata"] as JsonObject ?? throw new ApiErrorException(422, "Invalid", "metadata: Required value");
            if (metadata["name"] is null && metadata["generateName"] is { } prefix)
                metadata["name"] = prefix.GetValue<string>() + _version.ToString("x5", CultureInfo.InvariantCulture);
            if (request.Namespace is not null)
                metadata["namespace"] = request.Namespace;
            metadata["uid"] ??= Guid.NewGuid().ToString();
            metadata["creationTimestamp"] ??= "2026-01-01T00:00:00Z";
            var key = Key(request.QualifiedName, request.Namespace, Text(resource, "name")!);
            if (_objects.ContainsKey(key))
                throw new ApiErrorException(409, "AlreadyExists", $"{request.QualifiedName} \"{Text(resource, "name")}\" already exists");
            Defaults?.Invoke(request.QualifiedName, resource);
            return request.IsDryRun ? resource : Store(request.QualifiedName, key, resource, "ADDED");
        }
    }

    internal JsonObject Update(ApiRequest request, Func<JsonObject, JsonObject> change)
    {
        lock (_lock)
        {
            var key = Key(request.QualifiedName, request.Namespace, request.Name!);
            if (!_objects.TryGetValue(key, out var old))
                throw ApiErrorException.NotFound(request);
            var next = change((JsonObject)old.DeepClone());
            if (Text(next, "resourceVersion") is { Length: > 0 } expected && expected != Text(old, "resourceVersion"))
                throw ApiErrorException.Conflict(request);
            if (WithStatusSubresource.Contains(request.QualifiedName))
                KeepOtherHalf(old, next, request.Subresource == "status");
            if (JsonNode.DeepEquals(old, next) || request.IsDryRun)
                return (JsonObject)next.DeepClone();
            return Store(request.QualifiedName, key, next, Text(next, "deletionTimestamp") is not null && !HasFinalizers(next) ? "DELETED" : "MODIFIED");
        }
    }

    internal JsonObject Delete(ApiRequest request, JsonObject? preconditions)
    {
        lock (_lock)
        {
            var found = _objects.GetValueOrDefault(Key(request.QualifiedName, request.Namespace, request.Name!)) ?? throw ApiErrorException.NotFound(request);
            foreach (var (name, value) in preconditions ?? [])
            {
                if (Text(found, name) != value?.GetValue<string>())
                    throw ApiErrorException.Conflict(request);
            }

            Delete(request.QualifiedName, request.Namespace!, request.Name!);
            return new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = "Success" };
        }
    }

    private JsonObject Store(string qualifiedName, string key, JsonObject resource, string kind)
    {
        _version++;
        var metadata = (JsonObject)(resource["metadata"] ??= new JsonObject());
        metadata["uid"] ??= Guid.NewGuid().ToString();
        metadata["resourceVersion"] = _version.ToString(CultureInfo.InvariantCulture);
        if (kind == "DELETED")
            _objects.Remove(key);
        else
            _objects[key] = resource;
        _history.Add(new StoredChange(qualifiedName, kind, (JsonObject)resource.DeepClone(), _version));
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
        return (JsonObject)resource.DeepClone();
    }

    private static void KeepOtherHalf(JsonObject old, JsonObject next, bool onlyStatus)
    {
        foreach (var name in old.Concat(next).Select(property => property.Key).Distinct().ToList())
        {
            if (name == "metadata" || name == "status" == onlyStatus)
                continue;
            next.Remove(name);
            if (old[name] is { } kept)
                next[name] = kept.DeepClone();
        }
    }

    private static bool HasFinalizers(JsonObject resource) => resource["metadata"]?["finalizers"] is JsonArray { Count: > 0 };

    private static string Key(string qualifiedName, string? inNamespace, string name) => $"{qualifiedName}|{inNamespace}|{name}";

    private static string? Text(JsonObject resource, string name) => resource["metadata"]?[name]?.GetValue<string>();
}
