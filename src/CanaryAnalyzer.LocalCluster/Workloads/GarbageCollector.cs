using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Storage;

namespace CanaryAnalyzer.LocalCluster.Workloads;

/// <summary>Removes what lost its owners, completes removals that wait for dependents, and empties namespaces that go.</summary>
internal sealed class GarbageCollector(ObjectWriter writer, ObjectRemover remover) : IController
{
    public DateTimeOffset? Reconcile(DateTimeOffset now)
    {
        var all = writer.Store.Everything().Objects;
        var byUid = all.Where(o => o.Uid.Length > 0).ToDictionary(o => o.Uid, StringComparer.Ordinal);
        var dependents = all.Where(o => o.Json.At("metadata", "ownerReferences") is not null).ToList();
        foreach (var owner in all.Where(o => o.IsTerminating && Finalizers(o).Any()))
            Finalise(owner, [.. dependents.Where(d => Owners(d).Contains(owner.Uid, StringComparer.Ordinal))]);
        foreach (var dependent in dependents.Where(d => !d.IsTerminating && Owners(d).Any() && !Owners(d).Any(byUid.ContainsKey)))
            Remove(dependent, new DeleteOptions { Uid = dependent.Uid });
        foreach (var @namespace in all.Where(o => o.Key.Resource == BuiltInKinds.Namespaces.Resource && o.IsTerminating))
            Empty(@namespace, [.. all.Where(o => o.Key.Namespace == @namespace.Key.Name)]);
        return null;
    }

    private void Finalise(StoredObject owner, List<StoredObject> dependents)
    {
        if (Finalizers(owner).Contains(DeleteOptions.OrphanFinalizer, StringComparer.Ordinal))
        {
            foreach (var dependent in dependents)
                Change(dependent, next => Without(next, "ownerReferences", r => r.TextAt("uid") == owner.Uid));
            Change(owner, next => Without(next, "finalizers", f => f.Printed() == DeleteOptions.OrphanFinalizer));
        }
        else if (Finalizers(owner).Contains(DeleteOptions.Foreground, StringComparer.Ordinal))
        {
            foreach (var dependent in dependents.Where(d => !d.IsTerminating))
                Remove(dependent, new DeleteOptions { Propagation = "Foreground" });
            var blocking = dependents.Where(d => d.Json.ObjectsAt("metadata", "ownerReferences").Any(r => r.TextAt("uid") == owner.Uid && r.FlagAt("blockOwnerDeletion")));
            if (!blocking.Any(d => writer.Store.Get(d.Key)?.Uid == d.Uid))
                Change(owner, next => Without(next, "finalizers", f => f.Printed() == DeleteOptions.Foreground));
        }
    }

    private void Empty(StoredObject @namespace, List<StoredObject> content)
    {
        foreach (var item in content.Where(o => !o.IsTerminating))
            Remove(item, new DeleteOptions());
        if (content.Count == 0)
            writer.Store.Change(@namespace.Key, _ => null);
    }

    private void Remove(StoredObject item, DeleteOptions options)
    {
        if (writer.Registry.Find(item.Key.Resource) is { } kind)
            remover.TryDelete(kind, item.Key, options);
    }

    private void Change(StoredObject item, Action<JsonObject> change)
    {
        if (writer.Registry.Find(item.Key.Resource) is { } kind)
            writer.TryUpdate(kind, item.Key, change);
    }

    private static void Without(JsonObject next, string list, Func<JsonNode?, bool> isGone)
    {
        var left = next.ArrayAt("metadata", list)?.Where(i => !isGone(i)).Select(i => i?.DeepClone()).ToArray() ?? [];
        if (left.Length > 0)
            next.Ensure("metadata")[list] = new JsonArray(left);
        else
            next.Ensure("metadata").Remove(list);
    }

    private static IEnumerable<string> Owners(StoredObject item) => item.Json.ObjectsAt("metadata", "ownerReferences").Select(r => r.TextAt("uid") ?? "");

    private static IEnumerable<string> Finalizers(StoredObject item) => item.Json.ArrayAt("metadata", "finalizers")?.Select(f => f.Printed() ?? "") ?? [];
}
