using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Patching;

/// <summary>JSON Patch (RFC 6902).</summary>
internal static class JsonPatch
{
    public static JsonObject Apply(JsonObject target, JsonNode? patch)
    {
        if (patch is not JsonArray operations)
            throw new PatchException("a JSON patch is a list of operations", malformed: true);
        JsonNode? root = target;
        foreach (var operation in operations)
            root = Apply(root, operation as JsonObject ?? throw new PatchException("an operation of a JSON patch is an object", malformed: true));
        return root as JsonObject ?? throw new PatchException("the patch leaves no object");
    }

    private static JsonNode? Apply(JsonNode? root, JsonObject operation)
    {
        var path = Pointer(operation.TextAt("path"));
        var verb = operation.TextAt("op");
        switch (verb)
        {
            case "add":
                return Add(root, path, operation["value"]?.DeepClone());
            case "replace":
                Find(root, path, verb);
                return path.Length == 0 ? operation["value"]?.DeepClone() : Replace(root, path, operation["value"]?.DeepClone());
            case "remove":
                Remove(root, path);
                return root;
            case "test":
                if (!JsonAccess.Same(Find(root, path, verb), operation["value"]))
                    throw new PatchException($"testing value {operation.TextAt("path")} failed");
                return root;
            case "copy":
                return Add(root, path, Find(root, Pointer(operation.TextAt("from")), verb)?.DeepClone());
            case "move":
                var from = Pointer(operation.TextAt("from"));
                var moved = Find(root, from, verb)?.DeepClone();
                Remove(root, from);
                return Add(root, path, moved);
            default:
                throw new PatchException($"unexpected kind of operation: {verb}", malformed: true);
        }
    }

    private static string[] Pointer(string? pointer)
    {
        if (pointer is null || (pointer.Length > 0 && pointer[0] != '/'))
            throw new PatchException($"no JSON pointer: {pointer ?? "null"}", malformed: true);
        return pointer.Length == 0 ? [] : [.. pointer[1..].Split('/').Select(p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
    }

    private static JsonNode? Find(JsonNode? root, ReadOnlySpan<string> path, string verb)
    {
        var node = root;
        foreach (var step in path)
        {
            node = node switch
            {
                JsonObject parent when parent.TryGetPropertyValue(step, out var child) => child,
                JsonArray items => items[Index(items, step, items.Count - 1)],
                _ => throw new PatchException($"{verb} operation does not apply: doc is missing path: /{string.Join('/', path!)}"),
            };
        }

        return node;
    }

    private static JsonNode? Add(JsonNode? root, string[] path, JsonNode? value)
    {
        if (path.Length == 0)
            return value;
        switch (Find(root, path.AsSpan(..^1), "add"))
        {
            case JsonObject parent:
                parent[path[^1]] = value;
                break;
            case JsonArray items when path[^1] == "-":
                items.Add(value);
                break;
            case JsonArray items:
                items.Insert(Index(items, path[^1], items.Count), value);
                break;
            default:
                throw new PatchException($"add operation does not apply: doc is missing path: /{string.Join('/', path)}");
        }

        return root;
    }

    private static JsonNode? Replace(JsonNode? root, string[] path, JsonNode? value)
    {
        if (Find(root, path.AsSpan(..^1), "replace") is JsonArray items)
            items[Index(items, path[^1], items.Count - 1)] = value;
        else
            Add(root, path, value);
        return root;
    }

    private static void Remove(JsonNode? root, string[] path)
    {
        if (path.Length == 0)
            throw new PatchException("remove operation does not apply: the whole document cannot be removed");
        Find(root, path, "remove");
        if (Find(root, path.AsSpan(..^1), "remove") is JsonArray items)
            items.RemoveAt(Index(items, path[^1], items.Count - 1));
        else
            ((JsonObject)Find(root, path.AsSpan(..^1), "remove")!).Remove(path[^1]);
    }

    private static int Index(JsonArray items, string step, int last) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= last
            ? index : throw new PatchException($"the list of {items.Count} has no index {step}");
}
