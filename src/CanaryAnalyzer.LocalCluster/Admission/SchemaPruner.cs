using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Admission;

/// <summary>Drops what a structural schema doesn't know, where it doesn't say to keep it.</summary>
internal static class SchemaPruner
{
    private static readonly string[] AlwaysKnown = ["apiVersion", "kind", "metadata"];

    public static void Prune(JsonObject schema, JsonObject root, List<string> unknown) => Prune(schema, root, "", isResource: true, unknown);

    private static void Prune(JsonObject schema, JsonNode? node, string path, bool isResource, List<string> unknown)
    {
        if (node is JsonArray items && schema.ObjectAt("items") is { } itemSchema)
        {
            for (var i = 0; i < items.Count; i++)
                Prune(itemSchema, items[i], $"{path}[{i}]", isResource: false, unknown);
        }
        else if (node is JsonObject @object)
        {
            PruneObject(schema, @object, path, isResource || schema.FlagAt("x-kubernetes-embedded-resource"), unknown);
        }
    }

    private static void PruneObject(JsonObject schema, JsonObject node, string path, bool isResource, List<string> unknown)
    {
        var properties = schema.ObjectAt("properties");
        var additional = schema["additionalProperties"];
        var keeps = schema.FlagAt("x-kubernetes-preserve-unknown-fields") || additional is JsonValue;
        foreach (var name in node.Select(member => member.Key).ToList())
        {
            var place = path.Length == 0 ? name : $"{path}.{name}";
            if (isResource && AlwaysKnown.Contains(name))
                continue;
            if (properties.ObjectAt(name) is { } known)
                Prune(known, node[name], place, isResource: false, unknown);
            else if (additional is JsonObject any)
                Prune(any, node[name], place, isResource: false, unknown);
            else if (!keeps)
            {
                node.Remove(name);
                unknown.Add(place);
            }
        }
    }
}
