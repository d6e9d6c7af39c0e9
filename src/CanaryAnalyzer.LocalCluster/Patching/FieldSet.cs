using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Patching;

/// <summary>The fields that somebody set, each with its value, by path.</summary>
internal static class FieldSet
{
    private static readonly string[] Identity = ["apiVersion", "kind", "status"];

    private static readonly string[] OwnMetadata =
    [
        "name", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields", "selfLink", "generateName",
    ];

    /// <summary>All fields of an object but its identity and what the server owns.</summary>
    public static Dictionary<string, JsonNode?> Of(JsonObject @object, FieldShape root)
    {
        var found = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (name, value) in @object)
        {
            if (!Identity.Contains(name))
                Collect(value, root.Child(name), FieldPath.Field(name), found, isMetadata: name == "metadata");
        }

        return found;
    }

    /// <summary>The paths as the nested object of <c>fieldsV1</c>.</summary>
    public static JsonObject Write(IEnumerable<string> paths)
    {
        var root = new JsonObject();
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            var node = root;
            foreach (var step in FieldPath.Steps(path))
                node = node.Ensure(step);
            if (FieldPath.Steps(path)[^1].StartsWith("k:", StringComparison.Ordinal))
                node["."] = new JsonObject();
        }

        return root;
    }

    public static HashSet<string> Read(JsonObject? fields)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        Read(fields, "", found);
        return found;
    }

    private static void Read(JsonObject? node, string path, HashSet<string> found)
    {
        foreach (var (step, child) in node ?? [])
        {
            if (step == ".")
                found.Add(path);
            else if (child is JsonObject { Count: > 0 } nested)
                Read(nested, FieldPath.Below(path, step), found);
            else
                found.Add(FieldPath.Below(path, step));
        }
    }

    private static void Collect(JsonNode? node, FieldShape shape, string path, Dictionary<string, JsonNode?> found, bool isMetadata = false)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } parent when !shape.IsAtomic:
                foreach (var (name, child) in parent)
                {
                    if (!isMetadata || !OwnMetadata.Contains(name))
                        Collect(child, shape.Child(name), FieldPath.Below(path, FieldPath.Field(name)), found);
                }

                break;
            case JsonArray { Count: > 0 } items when shape.IsSet:
                foreach (var item in items)
                    found[FieldPath.Below(path, FieldPath.Value(item))] = item;
                break;
            case JsonArray { Count: > 0 } items when shape.Keys(items) is { } keys:
                foreach (var item in items)
                {
                    var place = FieldPath.Below(path, FieldPath.Item(item, keys) ?? throw new PatchException($"{FieldPath.Shown(path)}: an item lacks a key of {string.Join(", ", keys)}", malformed: true));
                    found[place] = new JsonObject();
                    Collect(item, shape.Item(), place, found);
                }

                break;
            default:
                found[path] = node;
                break;
        }
    }
}
