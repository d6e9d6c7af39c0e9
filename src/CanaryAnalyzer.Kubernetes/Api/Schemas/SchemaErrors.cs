using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>
/// Finds values that a resource's kind doesn't take. The API server refuses them where our CustomResourceDefinitions are installed; a manifest that was
/// never sent, or that an older definition let in, may still have them.
/// </summary>
public static class SchemaErrors
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    /// <summary>Lists what is wrong with a resource's fields, in the order in which they stand; the status is left out.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="schema">The schema of its kind.</param>
    public static ImmutableArray<SpecError> Find(JsonObject resource, ResourceSchema schema) => [.. Visit(resource, schema).Select(one => one.Error)];

    /// <summary>Lists what keeps the wire type from reading a resource: values of another kind, and required fields that are missing.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="schema">The schema of its kind.</param>
    /// <returns>Where it is empty, the wire type can read the resource, its status apart.</returns>
    public static ImmutableArray<SpecError> Unreadable(JsonObject resource, ResourceSchema schema) =>
        [.. Visit(resource, schema).Where(one => !one.IsReadable).Select(one => one.Error)];

    /// <summary>A reader's errors, and those of the schema about fields of which the reader says nothing.</summary>
    /// <param name="errors">What the reader found, which says more about a value than the schema can.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="schema">The schema of its kind.</param>
    public static ImmutableArray<SpecError> AddTo(ImmutableArray<SpecError> errors, JsonObject resource, ResourceSchema schema) =>
        [.. errors, .. Find(resource, schema).Where(error => errors.All(other => other.Path != error.Path))];

    private static IEnumerable<(SpecError Error, bool IsReadable)> Visit(JsonObject resource, ResourceSchema schema)
    {
        var found = new List<(SpecError, bool)>();
        VisitObject(resource, schema.Root, FieldPath.Root, found);
        return found;
    }

    private static void Visit(JsonNode? node, FieldSchema schema, FieldPath path, List<(SpecError, bool)> found)
    {
        // Null is what Go writes for an absent value.
        if (node is null) return;
        if ((KindsOf(node) & schema.Accepts) == JsonKinds.None)
        {
            found.Add((new SpecError(path.ToString(), $"expected {ExpectedValue.Of(schema)}, got {Shown(node)}{Quotes(node, schema)}"), false));
            return;
        }

        if (node is JsonObject map) VisitObject(map, schema, path, found);
        else if (node is JsonArray list) VisitList(list, schema, path, found);
        else CheckLimits(node, schema, path, found);
    }

    private static void VisitObject(JsonObject map, FieldSchema schema, FieldPath path, List<(SpecError, bool)> found)
    {
        foreach (var name in schema.Required.Where(name => map[name] is null))
            found.Add((new SpecError(path.Child(name).ToString(), "is required"), false));
        foreach (var (name, value) in map)
        {
            if (path.Depth == 0 && name == "status") continue;
            if ((schema.Fields.GetValueOrDefault(name) ?? schema.Items) is { } child) Visit(value, child, path.Child(name), found);
        }
    }

    private static void VisitList(JsonArray list, FieldSchema schema, FieldPath path, List<(SpecError, bool)> found)
    {
        if (list.Count < schema.MinItems)
            found.Add((new SpecError(path.ToString(), string.Create(CultureInfo.InvariantCulture, $"needs at least {schema.MinItems} element(s)")), true));
        if (list.Count > schema.MaxItems)
            found.Add((new SpecError(path.ToString(), string.Create(CultureInfo.InvariantCulture, $"takes at most {schema.MaxItems} elements, got {list.Count}")), true));
        if (schema.Items is not { } items) return;
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is null) found.Add((new SpecError(path.At(i).ToString(), $"expected {ExpectedValue.Of(items)}, got null"), false));
            else Visit(list[i], items, path.At(i), found);
        }
    }

    private static void CheckLimits(JsonNode node, FieldSchema schema, FieldPath path, List<(SpecError, bool)> found)
    {
        var isText = node.GetValueKind() == JsonValueKind.String;
        var text = isText ? node.GetValue<string>() : "";
        var number = isText ? 0 : Number(node);
        var isReadable = isText
            ? schema.Format != "date-time" || JsonSerializer.SerializeToElement(text).TryGetDateTimeOffset(out _)
            : number is >= int.MinValue and <= int.MaxValue || (schema.Format != "int32" && schema.Maximum is not int.MaxValue);
        var isWithin = isText
            ? (schema.Allowed.Length == 0 || schema.Allowed.Contains(text, StringComparer.Ordinal))
              && (schema.Pattern is not { } pattern || Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, MatchLimit))
              && !schema.Refused.Contains(text, StringComparer.Ordinal)
            : !(number < schema.Minimum) && !(schema.IsMinimumExclusive && number <= schema.Minimum) && !(number > schema.Maximum);
        if (!isReadable || !isWithin) found.Add((new SpecError(path.ToString(), $"expected {ExpectedValue.Of(schema)}, got {Shown(node)}"), isReadable));
    }

    /// <summary>What to do about quotes where they alone are wrong; else empty.</summary>
    private static string Quotes(JsonNode node, FieldSchema schema)
    {
        if (node is not JsonValue value) return "";
        if (value.GetValueKind() != JsonValueKind.String) return schema.Accepts == JsonKinds.Text ? $": write \"{value.ToJsonString()}\", in quotes" : "";
        var text = value.GetValue<string>();
        return Plain(text) is { } plain && (KindsOf(plain) & schema.Accepts) != JsonKinds.None ? $": write {text} without quotes" : "";
    }

    private static JsonNode? Plain(string text)
    {
        if (bool.TryParse(text, out var flag)) return flag;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }

    private static JsonKinds KindsOf(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.Object => JsonKinds.Object,
        JsonValueKind.Array => JsonKinds.List,
        JsonValueKind.String => JsonKinds.Text,
        JsonValueKind.Number when long.TryParse(node.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => JsonKinds.Integer | JsonKinds.Number,
        JsonValueKind.Number => JsonKinds.Number,
        _ => JsonKinds.Boolean,
    };

    private static double Number(JsonNode node) => double.TryParse(node.ToJsonString(), CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private static string Shown(JsonNode node)
    {
        const int longest = 60;
        var json = node.ToJsonString(V1Alpha1.WireJson.Options);
        return node switch
        {
            JsonObject => "an object",
            JsonArray => "a list",
            _ => json.Length > longest ? json[..longest] + "…" : json,
        };
    }
}
