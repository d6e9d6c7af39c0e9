using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>Finds fields that nobody reads because their name or their place is wrong.</summary>
public static class UnknownFields
{
    /// <summary>
    /// Lists the unknown fields of a resource, in the order in which they stand. Objects that are not ours to know (pod templates, metadata, settings
    /// of foreign plugins) and the status are left out.
    /// </summary>
    /// <param name="resource">The resource as the API server has it.</param>
    /// <param name="schema">The schema of its kind.</param>
    public static ImmutableArray<UnknownField> Find(JsonObject resource, ResourceSchema schema)
    {
        var found = ImmutableArray.CreateBuilder<UnknownField>();
        foreach (var (name, value) in resource)
        {
            if (name == "status") continue;
            if (schema.Root.Fields.TryGetValue(name, out var field)) Visit(value, field, FieldPath.Of(name), schema, found);
            else found.Add(new UnknownField(FieldPath.Of(name).ToString(), Nearest(name, schema.Root, FieldPath.Root, schema)));
        }

        return found.ToImmutable();
    }

    private static void Visit(JsonNode? node, FieldSchema schema, FieldPath path, ResourceSchema resource, ImmutableArray<UnknownField>.Builder found)
    {
        if (node is JsonArray list && schema.Items is { } elements)
        {
            for (var i = 0; i < list.Count; i++) Visit(list[i], elements, path.At(i), resource, found);
        }
        else if (node is JsonObject map)
        {
            foreach (var (name, value) in map)
            {
                if (schema.Fields.TryGetValue(name, out var known)) Visit(value, known, path.Child(name), resource, found);
                else if (schema.Items is { } values) Visit(value, values, path.Child(name), resource, found);
                else if (!schema.IsOpen) found.Add(new UnknownField(path.Child(name).ToString(), Nearest(name, schema, path, resource)));
            }
        }
    }

    /// <summary>A field of the same object with a similar name, else a field of this very name at the nearest other place of the spec.</summary>
    private static string? Nearest(string name, FieldSchema parent, FieldPath path, ResourceSchema resource)
    {
        if (NearestWord.Of(name, parent.Fields.Keys) is { } similar) return path.Child(similar).ToString();
        var places = new List<FieldPath>();
        if (resource.Root.Fields.TryGetValue("spec", out var spec)) Collect(name, spec, FieldPath.Of("spec"), places);
        return places.OrderBy(place => place.DistanceTo(path)).ThenBy(place => place.Depth).FirstOrDefault()?.ToString();
    }

    private static void Collect(string name, FieldSchema schema, FieldPath path, List<FieldPath> places)
    {
        foreach (var (field, child) in schema.Fields)
        {
            var at = path.Child(field);
            // A plugin's settings are often written under the plugin's short name.
            if (string.Equals(field[(field.LastIndexOf('/') + 1)..], name, StringComparison.OrdinalIgnoreCase)) places.Add(at);
            Collect(name, child, at, places);
        }

        if (schema.Items is { } items) Collect(name, items, path.AnyElement(), places);
    }
}
