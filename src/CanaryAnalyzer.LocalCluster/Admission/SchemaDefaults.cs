using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Admission;

/// <summary>Fills in the defaults that a structural schema names, and drops nulls that it allows nowhere.</summary>
internal static class SchemaDefaults
{
    public static void Apply(JsonObject schema, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject parent:
                foreach (var (name, property) in schema.ObjectAt("properties") ?? [])
                {
                    if (property.At("default") is { } value && (!parent.ContainsKey(name) || (parent[name] is null && !property.FlagAt("nullable"))))
                        parent[name] = value.DeepClone();
                    else if (parent.ContainsKey(name) && parent[name] is null && !property.FlagAt("nullable"))
                        parent.Remove(name);
                    if (parent[name] is { } child && property is JsonObject childSchema)
                        Apply(childSchema, child);
                }

                if (schema.ObjectAt("additionalProperties") is { } any)
                {
                    foreach (var (name, child) in parent)
                    {
                        if (schema.At("properties", name) is null)
                            Apply(any, child);
                    }
                }

                break;
            case JsonArray items when schema.ObjectAt("items") is { } itemSchema:
                foreach (var item in items)
                    Apply(itemSchema, item);
                break;
        }
    }
}
