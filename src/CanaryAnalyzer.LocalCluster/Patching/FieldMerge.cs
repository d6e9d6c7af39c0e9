using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Patching;

/// <summary>Puts applied fields into an object, and takes fields out of it.</summary>
internal static class FieldMerge
{
    public static JsonNode? Merge(JsonNode? live, JsonNode? applied, FieldShape shape)
    {
        switch (applied)
        {
            case JsonObject { Count: > 0 } changes when live is JsonObject target && !shape.IsAtomic:
                foreach (var (name, change) in changes)
                {
                    var current = target[name];
                    var next = Merge(current, change, shape.Child(name));
                    if (!ReferenceEquals(next, current) || current is null)
                        target[name] = next;
                }

                return target;
            case JsonArray { Count: > 0 } items when live is JsonArray target && shape.IsSet:
                foreach (var item in items.Where(i => !target.Any(t => JsonAccess.Same(t, i))))
                    target.Add(item?.DeepClone());
                return target;
            case JsonArray { Count: > 0 } items when live is JsonArray target && shape.Keys(items) is { } keys:
                foreach (var item in items)
                    MergeItem(target, item, keys, shape.Item());
                return target;
            default:
                return applied?.DeepClone();
        }
    }

    /// <summary>Removes the field at the path, and the maps that this leaves empty only where they stood for nothing else.</summary>
    public static void Remove(JsonObject root, string path)
    {
        var steps = FieldPath.Steps(path);
        JsonNode? node = root;
        foreach (var step in steps.AsSpan(..^1))
            node = Down(node, step);
        switch (node)
        {
            case JsonObject parent:
                parent.Remove(steps[^1][2..]);
                break;
            case JsonArray items when Down(items, steps[^1]) is { } item:
                items.Remove(item);
                break;
        }
    }

    private static void MergeItem(JsonArray target, JsonNode? item, string[] keys, FieldShape shape)
    {
        var key = FieldPath.Item(item, keys);
        for (var i = 0; i < target.Count; i++)
        {
            if (FieldPath.Item(target[i], keys) == key)
            {
                Merge(target[i], item, shape);
                return;
            }
        }

        target.Add(item?.DeepClone());
    }

    private static JsonNode? Down(JsonNode? node, string step)
    {
        if (step.StartsWith("f:", StringComparison.Ordinal))
            return node.At(step[2..]);
        if (node is not JsonArray items)
            return null;
        if (step.StartsWith("v:", StringComparison.Ordinal))
            return items.FirstOrDefault(i => FieldPath.Value(i) == step);
        var keys = JsonNode.Parse(step[2..])!.AsObject().Select(k => k.Key).ToArray();
        return items.FirstOrDefault(i => FieldPath.Item(i, keys) == step);
    }
}
