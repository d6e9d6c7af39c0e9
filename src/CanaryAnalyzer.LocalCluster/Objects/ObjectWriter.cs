using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Admission;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Patching;
using CanaryAnalyzer.LocalCluster.Storage;

namespace CanaryAnalyzer.LocalCluster.Objects;

/// <summary>Creates and changes objects by the rules that every kind shares; requests and controllers alike write through it.</summary>
internal sealed class ObjectWriter(IObjectStore store, ResourceRegistry registry, Admitter admitter, TimeProvider time)
{
    public IObjectStore Store => store;

    public ResourceRegistry Registry => registry;

    public static ObjectKey Key(ResourceKind kind, string @namespace, string name) => new(kind.Resource, kind.Namespaced ? @namespace : "", name);

    /// <summary>Stores a new object and returns it; the answer of a dry run has no resourceVersion.</summary>
    public JsonObject Create(ResourceKind kind, string @namespace, JsonObject given, WriteOptions options)
    {
        var next = given.Copy();
        CheckSent(kind, kind.Namespaced ? @namespace : null, null, next);
        if (next.TextAt("metadata", "resourceVersion") is { Length: > 0 })
            throw ApiException.BadRequest("resourceVersion should not be set on objects to be created");
        ObjectMetadata.Begin(kind, @namespace, next, time.GetUtcNow());
        var name = next.TextAt("metadata", "name");
        if (string.IsNullOrEmpty(name))
            throw ApiException.Invalid(kind, "", [FieldProblem.Required("metadata.name", "name or generateName is required")]);
        if (kind.Namespaced && store.Get(new ObjectKey(BuiltInKinds.Namespaces.Resource, "", @namespace)) is null)
            throw ApiException.NotFound(BuiltInKinds.Namespaces, @namespace);
        if (kind.HasStatus)
            next.Remove("status");
        if (!options.IsApply)
            next.ObjectAt("metadata")?.Remove("managedFields");
        admitter.Admit(kind, null, next, options);
        var key = Key(kind, @namespace, name);
        if (options.DryRun)
            return store.Get(key) is null ? next : throw ApiException.AlreadyExists(kind, name);
        return store.Change(key, before => before is null ? next : throw ApiException.AlreadyExists(kind, name))!.Json;
    }

    /// <summary>
    /// Changes an object: <paramref name="change"/> gets a copy of the stored version and returns what is wanted. Null when the change completed
    /// a removal that waited for finalizers.
    /// </summary>
    public JsonObject? Update(ResourceKind kind, string @namespace, string name, Func<JsonObject, JsonObject> change, WriteOptions options)
    {
        var key = Key(kind, @namespace, name);
        if (options.DryRun)
            return Next(kind, store.Get(key) ?? throw ApiException.NotFound(kind, name), change, options);
        return store.Change(key, before => Next(kind, before ?? throw ApiException.NotFound(kind, name), change, options))?.Json;
    }

    /// <summary>As <see cref="Update"/>, but an object that has gone in the meantime is no error: for controllers.</summary>
    public void TryUpdate(ResourceKind kind, ObjectKey key, Action<JsonObject> change, string subresource = "")
    {
        store.Change(key, before => before is null ? null : Next(kind, before, copy =>
        {
            change(copy);
            return copy;
        }, WriteOptions.Controller with { Subresource = subresource }));
    }

    private JsonObject? Next(ResourceKind kind, StoredObject current, Func<JsonObject, JsonObject> change, WriteOptions options)
    {
        var wanted = change(current.Copy());
        CheckSent(kind, current.Key.Namespace, current.Key.Name, wanted);
        CheckVersion(kind, current, wanted);
        var next = options.Subresource == "status" ? WithStatus(current, wanted) : WithoutStatus(kind, current, wanted);
        ObjectMetadata.KeepOwned(current.Json, next);
        admitter.Admit(kind, current.Json, next, options);
        if (!options.IsApply)
            FieldOwnership.Track(kind, current.Json, next, options.FieldManager, time.GetUtcNow());
        ObjectMetadata.RaiseGeneration(kind, current.Json, next);
        next["apiVersion"] = current.Json["apiVersion"]?.DeepClone();
        var released = current.IsTerminating && kind != BuiltInKinds.Pods && next.ArrayAt("metadata", "finalizers") is not { Count: > 0 };
        return released ? null : next;
    }

    private static JsonObject WithStatus(StoredObject current, JsonObject wanted)
    {
        var next = current.Copy();
        if (wanted["status"] is { } status)
            next["status"] = status.DeepClone();
        else
            next.Remove("status");
        if (wanted.At("metadata", "managedFields") is { } fields)
            next.Ensure("metadata")["managedFields"] = fields.DeepClone();
        return next;
    }

    private static JsonObject WithoutStatus(ResourceKind kind, StoredObject current, JsonObject wanted)
    {
        if (!kind.HasStatus)
            return wanted;
        if (current.Json["status"] is { } status)
            wanted["status"] = status.DeepClone();
        else
            wanted.Remove("status");
        return wanted;
    }

    private static void CheckVersion(ResourceKind kind, StoredObject current, JsonObject wanted)
    {
        var name = current.Key.Name;
        if (wanted.TextAt("metadata", "uid") is { Length: > 0 } uid && uid != current.Uid)
            throw ApiException.Conflict(kind, name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {current.Uid}");
        var version = wanted.TextAt("metadata", "resourceVersion");
        if (string.IsNullOrEmpty(version))
        {
            if (kind.IsCustom)
                throw ApiException.Invalid(kind, name, [FieldProblem.Invalid("metadata.resourceVersion", "0x0", "must be specified for an update")]);
        }
        else if (version != current.Json.TextAt("metadata", "resourceVersion"))
        {
            throw ApiException.Modified(kind, name);
        }
    }

    private static void CheckSent(ResourceKind kind, string? @namespace, string? name, JsonObject sent)
    {
        if (sent.TextAt("kind") is { } sentKind && sentKind != kind.Kind)
            throw ApiException.BadRequest($"{sentKind} in version \"{sent.TextAt("apiVersion")}\" cannot be handled as a {kind.Kind}");
        if (sent.TextAt("apiVersion") is { } version && version.Split('/')[0] != kind.ApiVersion.Split('/')[0])
            throw ApiException.BadRequest($"the API version in the data ({version}) does not match the expected API version ({kind.ApiVersion})");
        if (name is not null && sent.TextAt("metadata", "name") is { Length: > 0 } sentName && sentName != name)
            throw ApiException.BadRequest($"the name of the object ({sentName}) does not match the name on the URL ({name})");
        if (!string.IsNullOrEmpty(@namespace) && sent.TextAt("metadata", "namespace") is { Length: > 0 } sentNamespace && sentNamespace != @namespace)
            throw ApiException.BadRequest($"the namespace of the provided object does not match the namespace sent on the request");
    }
}
