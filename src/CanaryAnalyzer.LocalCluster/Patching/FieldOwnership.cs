using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Patching;

/// <summary>
/// Who set which field, in <c>metadata.managedFields</c>. It is kept only on objects that somebody has applied server-side: what was there before
/// belongs to nobody.
/// </summary>
internal static class FieldOwnership
{
    /// <summary>Gives the fields that an update changed to its writer, and takes them from the others.</summary>
    public static void Track(ResourceKind kind, JsonObject current, JsonObject next, string manager, DateTimeOffset now)
    {
        if (current.ArrayAt("metadata", "managedFields") is not { Count: > 0 } entries)
        {
            next.ObjectAt("metadata")?.Remove("managedFields");
            return;
        }

        next.Ensure("metadata")["managedFields"] = entries.DeepClone();
        var shape = FieldShape.Root(kind);
        var (before, after) = (FieldSet.Of(current, shape), FieldSet.Of(next, shape));
        var changed = after.Where(f => !before.TryGetValue(f.Key, out var old) || !JsonAccess.Same(old, f.Value)).Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        var lost = before.Keys.Where(path => !after.ContainsKey(path)).Concat(changed).ToHashSet(StringComparer.Ordinal);
        if (lost.Count == 0)
            return;
        var kept = Entries(next).Select(e => e with { Paths = [.. e.Paths.Where(p => !lost.Contains(p))] }).ToList();
        if (changed.Count > 0)
        {
            var own = kept.FirstOrDefault(e => e.Manager == manager && e.Operation == "Update");
            kept.Remove(own!);
            kept.Add(new FieldOwner(manager, "Update", kind.ApiVersion, now.Timestamp(), [.. own?.Paths ?? [], .. changed]));
        }

        Write(next, kept);
    }

    public static IReadOnlyList<FieldOwner> Entries(JsonObject @object) =>
    [
        .. @object.ObjectsAt("metadata", "managedFields").Select(e => new FieldOwner(
            e.TextAt("manager") ?? "", e.TextAt("operation") ?? "", e.TextAt("apiVersion") ?? "", e.TextAt("time") ?? "", FieldSet.Read(e.ObjectAt("fieldsV1")))),
    ];

    public static void Write(JsonObject @object, IEnumerable<FieldOwner> owners) => @object.Ensure("metadata")["managedFields"] = new JsonArray(
    [
        .. owners.Where(o => o.Paths.Count > 0).Select(o => new JsonObject
        {
            ["manager"] = o.Manager, ["operation"] = o.Operation, ["apiVersion"] = o.ApiVersion, ["time"] = o.Time,
            ["fieldsType"] = "FieldsV1", ["fieldsV1"] = FieldSet.Write(o.Paths),
        }),
    ]);
}
