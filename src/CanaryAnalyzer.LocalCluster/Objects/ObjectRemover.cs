using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Storage;

namespace CanaryAnalyzer.LocalCluster.Objects;

/// <summary>Removes objects: at once, after their finalizers, or, for pods, after they have stopped.</summary>
internal sealed class ObjectRemover(IObjectStore store, DefinitionWatcher definitions, TimeProvider time)
{
    private const long DefaultGrace = 30;

    /// <summary>The object where it stays for a while, null where it is gone; the last version seen in <paramref name="last"/>.</summary>
    public JsonObject? Delete(ResourceKind kind, ObjectKey key, DeleteOptions options, out StoredObject last)
    {
        StoredObject? seen = null;
        JsonObject? Next(StoredObject? before)
        {
            seen = before ?? throw ApiException.NotFound(kind, key.Name);
            CheckPreconditions(kind, before, options);
            return Marked(kind, before, options);
        }

        JsonObject? left;
        if (options.DryRun)
            left = Next(store.Get(key));
        else
            left = store.Change(key, Next)?.Json;
        last = seen!;
        if (left is null && !options.DryRun && kind == BuiltInKinds.CustomResourceDefinitions)
            definitions.Remove(key.Name, store);
        return left;
    }

    /// <summary>As <see cref="Delete"/>, for controllers: an object already gone is no error.</summary>
    public void TryDelete(ResourceKind kind, ObjectKey key, DeleteOptions? options = null)
    {
        try
        {
            Delete(kind, key, options ?? new DeleteOptions(), out _);
        }
        catch (ApiException gone) when (gone.Code == 404)
        {
            // Somebody else was faster: it is as wanted.
        }
    }

    private static void CheckPreconditions(ResourceKind kind, StoredObject current, DeleteOptions options)
    {
        if (options.Uid is not null && options.Uid != current.Uid)
            throw ApiException.Conflict(kind, current.Key.Name, $"Precondition failed: UID in precondition: {options.Uid}, UID in object meta: {current.Uid}");
        if (options.ResourceVersion is not null && options.ResourceVersion != current.Json.TextAt("metadata", "resourceVersion"))
            throw ApiException.Conflict(kind, current.Key.Name, "Precondition failed: resource version does not match");
    }

    private JsonObject? Marked(ResourceKind kind, StoredObject current, DeleteOptions options)
    {
        var next = current.Copy();
        var metadata = next.Ensure("metadata");
        var finalizers = metadata.ArrayAt("finalizers")?.Select(f => f!.GetValue<string>()).ToList() ?? [];
        var wanted = options.Propagation switch { "Foreground" => DeleteOptions.Foreground, "Orphan" => DeleteOptions.OrphanFinalizer, _ => null };
        if (!current.IsTerminating && wanted is not null && !finalizers.Contains(wanted))
            finalizers.Add(wanted);
        var grace = kind == BuiltInKinds.Pods ? options.GracePeriodSeconds ?? current.Json.NumberAt("spec", "terminationGracePeriodSeconds") ?? DefaultGrace : 0;
        var waits = grace > 0 || finalizers.Count > 0 || kind == BuiltInKinds.Namespaces;
        if (!waits)
            return null;
        if (finalizers.Count > 0)
            metadata["finalizers"] = new JsonArray([.. finalizers.Select(f => JsonValue.Create(f))]);
        if (!current.IsTerminating)
        {
            metadata["deletionTimestamp"] = time.GetUtcNow().AddSeconds(grace).Timestamp();
            metadata["deletionGracePeriodSeconds"] = grace;
            if (kind.Generation != GenerationRule.None)
                metadata["generation"] = (metadata.NumberAt("generation") ?? 0) + 1;
        }

        if (kind == BuiltInKinds.Namespaces)
            next.Ensure("status")["phase"] = "Terminating";
        return next;
    }
}
