using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;

namespace CanaryAnalyzer.LocalCluster.Patching;

/// <summary>
/// Server-side apply: the manager's fields get the applied values; fields that it applied before and left out now go, unless somebody else set
/// them too. Fields of others with other values are a conflict, or are taken over by force.
/// </summary>
internal sealed class ServerSideApply(ResourceKind kind, JsonObject applied, string manager, bool force, DateTimeOffset now)
{
    private readonly FieldShape _shape = FieldShape.Root(kind);

    /// <summary>The object where there was none.</summary>
    public JsonObject First()
    {
        var first = applied.Copy();
        FieldOwnership.Write(first, [Owner(FieldSet.Of(first, _shape).Keys)]);
        return first;
    }

    /// <exception cref="ApiException">Conflicts, without force.</exception>
    public JsonObject Onto(JsonObject live)
    {
        if (applied.TextAt("metadata", "resourceVersion") is { Length: > 0 } version && version != live.TextAt("metadata", "resourceVersion"))
            throw ApiException.Modified(kind, live.TextAt("metadata", "name") ?? "");
        var wanted = FieldSet.Of(applied, _shape);
        var owners = FieldOwnership.Entries(live).ToList();
        var mine = owners.FirstOrDefault(o => o.Manager == manager && o.Operation == "Apply");
        owners.Remove(mine!);
        var present = FieldSet.Of(live, _shape);
        var taken = wanted.Where(f => present.TryGetValue(f.Key, out var value) && !JsonAccess.Same(value, f.Value)).Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        Refuse(owners, taken);

        var next = (JsonObject)FieldMerge.Merge(live, Content(), _shape)!;
        foreach (var path in mine?.Paths.Where(p => !wanted.ContainsKey(p) && !owners.Exists(o => o.Paths.Contains(p))) ?? [])
            FieldMerge.Remove(next, path);
        var others = owners.Select(o => o with { Paths = [.. o.Paths.Where(p => !taken.Contains(p))] });
        var same = mine is not null && mine.Paths.SetEquals(wanted.Keys);
        FieldOwnership.Write(next, [.. others, same ? mine! : Owner(wanted.Keys)]);
        return next;
    }

    private FieldOwner Owner(IEnumerable<string> paths) => new(manager, "Apply", kind.ApiVersion, now.Timestamp(), [.. paths]);

    private JsonObject Content()
    {
        var content = applied.Copy();
        foreach (var name in (string[])["managedFields", "resourceVersion", "uid", "creationTimestamp", "generation"])
            content.ObjectAt("metadata")?.Remove(name);
        return content;
    }

    private void Refuse(List<FieldOwner> owners, HashSet<string> taken)
    {
        if (force)
            return;
        var conflicts = owners.SelectMany(o => o.Paths.Where(taken.Contains).Select(p => (Owner: o, Path: FieldPath.Shown(p)))).ToList();
        if (conflicts.Count == 0)
            return;
        var causes = conflicts.Select(c => new JsonObject
        {
            ["reason"] = "FieldManagerConflict",
            ["message"] = $"conflict with \"{c.Owner.Manager}\" using {c.Owner.ApiVersion}",
            ["field"] = c.Path,
        });
        var which = string.Join("; ", conflicts.Select(c => $"conflict with \"{c.Owner.Manager}\" using {c.Owner.ApiVersion}: {c.Path}"));
        throw new ApiException(409, "Conflict", $"Apply failed with {conflicts.Count} conflict{(conflicts.Count == 1 ? "" : "s")}: {which}",
            new JsonObject { ["causes"] = new JsonArray([.. causes]) });
    }
}
