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
    /// <returns>Where it is empty, the wire type can read the resource, its status apart.</returns>
    public static ImmutableArray<SpecError> Find(JsonObject resource, ResourceSchema schema)
    {
        var found = ImmutableArray.CreateBuilder<SpecError>();
        VisitObject(resource, schema.Root, FieldPath.Root, found);
        return found.ToImmutable();
    }

    private static void Visit(JsonNode? node, FieldSchema schema, FieldPath path, ImmutableArray<SpecError>.Builder found)
    {
        // Null is what Go writes for an absent value.
        if (node is null) return;
        if ((KindsOf(node) & schema.Accepts) == JsonKinds.None)
        {
            found.Add(new SpecError(path.ToString(), $"expected {Expected(schema)}, got {Shown(node)}{Quotes(node, schema)}"));
            return;
        }

        if (node is JsonObject map) VisitObject(map, schema, path, found);
        else if (node is JsonArray list) VisitList(list, schema, path, found);
        else CheckLimits(node, schema, path, found);
    }

    private static void VisitObject(JsonObject map, FieldSchema schema, FieldPath path, ImmutableArray<SpecError>.Builder found)
    {
        foreach (var name in schema.Required.Where(name => map[name] is null))
            found.Add(new SpecError(path.Child(name).ToString(), "is required"));
        foreach (var (name, value) in map)
        {
            if (path.Depth == 0 && name == "status") continue;
            if ((schema.Fields.GetValueOrDefault(name) ?? schema.Items) is { } child) Visit(value, child, path.Child(name), found);
        }
    }

    private static void VisitList(JsonArray list, FieldSchema schema, FieldPath path, ImmutableArray<SpecError>.Builder found)
    {
        if (list.Count < schema.MinItems)
            found.Add(new SpecError(path.ToString(), string.Create(CultureInfo.InvariantCulture, $"needs at least {schema.MinItems} element(s)")));
        if (schema.Items is not { } items) return;
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is null) found.Add(new SpecError(path.At(i).ToString(), $"expected {Expected(items)}, got null"));
            else Visit(list[i], items, path.At(i), found);
        }
    }

    private static void CheckLimits(JsonNode node, FieldSchema schema, FieldPath path, ImmutableArray<SpecError>.Builder found)
    {
        var isText = node.GetValueKind() == JsonValueKind.String;
        var text = isText ? node.GetValue<string>() : "";
        var number = isText ? 0 : Number(node);
        var wrong = isText
            ? (schema.Allowed.Length > 0 && !schema.Allowed.Contains(text, StringComparer.Ordinal))
              || (schema.Pattern is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, MatchLimit))
              || (schema.Format == "date-time" && !JsonSerializer.SerializeToElement(text).TryGetDateTimeOffset(out _))
            : number < schema.Minimum || number > schema.Maximum || (schema.Format == "int32" && number is < int.MinValue or > int.MaxValue);
        if (wrong) found.Add(new SpecError(path.ToString(), $"expected {Expected(schema)}, got {Shown(node)}"));
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

    private static string Expected(FieldSchema schema)
    {
        if (schema.Allowed.Length > 0) return "one of " + string.Join(", ", schema.Allowed) + (schema.Accepts.HasFlag(JsonKinds.Object) ? " or an object" : "");
        if (schema.Format == "date-time") return "a time such as 2026-03-01T10:00:00Z";
        if (schema.Example is { } example)
        {
            var limits = schema.Maximum is { } maximum ? string.Create(CultureInfo.InvariantCulture, $" between {schema.Minimum} and {maximum}") : "";
            return $"a value such as {example}{limits}{(schema.Accepts.HasFlag(JsonKinds.Object) ? " or an object" : "")}";
        }

        List<string> kinds = [];
        if (schema.Accepts.HasFlag(JsonKinds.Object)) kinds.Add("an object");
        if (schema.Accepts.HasFlag(JsonKinds.List)) kinds.Add("a list");
        if (schema.Accepts.HasFlag(JsonKinds.Number)) kinds.Add("a number");
        else if (schema.Accepts.HasFlag(JsonKinds.Integer)) kinds.Add("an integer");
        if (schema.Accepts.HasFlag(JsonKinds.Text)) kinds.Add("a text");
        if (schema.Accepts.HasFlag(JsonKinds.Boolean)) kinds.Add("true or false");
        return string.Join(" or ", kinds);
    }

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
