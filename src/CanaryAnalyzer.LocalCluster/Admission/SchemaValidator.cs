using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;

namespace CanaryAnalyzer.LocalCluster.Admission;

/// <summary>Checks a custom resource against the schema of its definition. Rules in CEL are not looked at, as on servers before 1.25.</summary>
internal static class SchemaValidator
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);

    public static void Check(JsonObject schema, JsonObject root, List<FieldProblem> problems) => Check(schema, root, "", problems);

    private static void Check(JsonObject schema, JsonNode? node, string path, List<FieldProblem> problems)
    {
        if (node is null)
        {
            if (!schema.FlagAt("nullable") && path.Length > 0 && schema.TextAt("type") is { } wanted)
                problems.Add(TypeProblem(path, "null", wanted));
            return;
        }

        if (!HasType(schema, node))
        {
            problems.Add(TypeProblem(path, Kind(node), schema.FlagAt("x-kubernetes-int-or-string") ? "integer,string" : schema.TextAt("type")!));
            return;
        }

        CheckEnum(schema, node, path, problems);
        CheckCombinations(schema, node, path, problems);
        switch (node)
        {
            case JsonObject @object:
                CheckObject(schema, @object, path, problems);
                break;
            case JsonArray items:
                CheckItems(schema, items, path, problems);
                break;
            default:
                CheckScalar(schema, node, path, problems);
                break;
        }
    }

    private static bool HasType(JsonObject schema, JsonNode node)
    {
        var kind = node.GetValueKind();
        if (schema.FlagAt("x-kubernetes-int-or-string"))
            return kind == JsonValueKind.String || IsInteger(node);
        return schema.TextAt("type") switch
        {
            "object" => kind == JsonValueKind.Object,
            "array" => kind == JsonValueKind.Array,
            "string" => kind == JsonValueKind.String,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "integer" => IsInteger(node),
            "number" => kind == JsonValueKind.Number,
            _ => true,
        };
    }

    private static void CheckEnum(JsonObject schema, JsonNode node, string path, List<FieldProblem> problems)
    {
        if (schema.ArrayAt("enum") is { } values && !values.Any(v => JsonAccess.Same(v, node)))
            problems.Add(FieldProblem.NotSupported(path, node.ToJsonString(), values.Select(v => v?.ToJsonString() ?? "null")));
    }

    private static void CheckCombinations(JsonObject schema, JsonNode node, string path, List<FieldProblem> problems)
    {
        foreach (var part in schema.ObjectsAt("allOf"))
            Check(part, node, path, problems);
        if (schema.ArrayAt("anyOf") is { } any && !any.OfType<JsonObject>().Any(s => Holds(s, node, path)))
            problems.Add(FieldProblem.Invalid(path, Shown(node), "must validate at least one schema (anyOf)"));
        if (schema.ArrayAt("oneOf") is { } one && one.OfType<JsonObject>().Count(s => Holds(s, node, path)) != 1)
            problems.Add(FieldProblem.Invalid(path, Shown(node), "must validate one and only one schema (oneOf)"));
        if (schema.ObjectAt("not") is { } not && Holds(not, node, path))
            problems.Add(FieldProblem.Invalid(path, Shown(node), "must not validate the schema (not)"));
    }

    private static bool Holds(JsonObject schema, JsonNode node, string path)
    {
        var problems = new List<FieldProblem>();
        Check(schema, node, path, problems);
        return problems.Count == 0;
    }

    private static void CheckObject(JsonObject schema, JsonObject node, string path, List<FieldProblem> problems)
    {
        foreach (var required in schema.ArrayAt("required")?.Select(r => r!.GetValue<string>()) ?? [])
        {
            if (!node.ContainsKey(required))
                problems.Add(FieldProblem.Required(Below(path, required)));
        }

        Range(schema, "Properties", node.Count, path, problems);
        foreach (var (name, child) in node)
        {
            if (schema.ObjectAt("properties", name) is { } known)
                Check(known, child, Below(path, name), problems);
            else if (schema.ObjectAt("additionalProperties") is { } any)
                Check(any, child, Below(path, name), problems);
        }
    }

    private static void CheckItems(JsonObject schema, JsonArray items, string path, List<FieldProblem> problems)
    {
        Range(schema, "Items", items.Count, path, problems);
        if (schema.ObjectAt("items") is { } itemSchema)
        {
            for (var i = 0; i < items.Count; i++)
                Check(itemSchema, items[i], $"{path}[{i}]", problems);
        }

        var keys = schema.ArrayAt("x-kubernetes-list-map-keys")?.Select(k => k!.GetValue<string>()).ToArray();
        if (schema.TextAt("x-kubernetes-list-type") != "map" || keys is null)
            return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            if (!seen.Add(string.Join('\n', keys.Select(k => items[i].At(k).Printed()))))
                problems.Add(new FieldProblem($"{path}[{i}]", "FieldValueDuplicate", $"Duplicate value: {Shown(items[i]!)}"));
        }
    }

    private static void CheckScalar(JsonObject schema, JsonNode node, string path, List<FieldProblem> problems)
    {
        if (node.GetValueKind() == JsonValueKind.String)
        {
            var text = node.GetValue<string>();
            Range(schema, "Length", text.EnumerateRunes().Count(), path, problems);
            if (schema.TextAt("pattern") is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.None, PatternTime))
                problems.Add(FieldProblem.Invalid(path, Shown(node), $"{path} in body should match '{pattern}'"));
        }
        else if (node.GetValueKind() == JsonValueKind.Number)
        {
            var number = Number(node);
            if (schema.TextAt("format") == "int32" && number is < int.MinValue or > int.MaxValue)
                problems.Add(FieldProblem.Invalid(path, "", $"Checked value must be of type integer with format int32 in {path}"));
            // As the API server does: where the value is an integer, limits lose their fraction.
            if ((IsInteger(node) ? Truncated(schema, "minimum") : Limit(schema, "minimum")) is { } least && (number < least || (number == least && schema.FlagAt("exclusiveMinimum"))))
                problems.Add(FieldProblem.Invalid(path, Shown(node), $"{path} in body should be greater than or equal to {least.ToString(CultureInfo.InvariantCulture)}"));
            if ((IsInteger(node) ? Truncated(schema, "maximum") : Limit(schema, "maximum")) is { } most && (number > most || (number == most && schema.FlagAt("exclusiveMaximum"))))
                problems.Add(FieldProblem.Invalid(path, Shown(node), $"{path} in body should be less than or equal to {most.ToString(CultureInfo.InvariantCulture)}"));
        }
    }

    private static void Range(JsonObject schema, string what, int count, string path, List<FieldProblem> problems)
    {
        if (schema.NumberAt("min" + what) is { } least && count < least)
            problems.Add(FieldProblem.Invalid(path, count.ToString(CultureInfo.InvariantCulture), $"{path} in body should have at least {least} {what.ToLowerInvariant()}"));
        if (schema.NumberAt("max" + what) is { } most && count > most)
            problems.Add(new FieldProblem(path, "FieldValueTooMany", $"Too many: {count}: must have at most {most} {what.ToLowerInvariant()}"));
    }

    private static FieldProblem TypeProblem(string path, string got, string wanted) =>
        new(path, "FieldValueTypeInvalid", $"Invalid value: \"{got}\": {path} in body must be of type {wanted}: \"{got}\"");

    private static bool IsInteger(JsonNode node) => node.GetValueKind() == JsonValueKind.Number && Math.Abs(Number(node) % 1) < double.Epsilon;

    private static double? Truncated(JsonObject schema, string name) => Limit(schema, name) is { } limit ? Math.Truncate(limit) : null;

    private static double? Limit(JsonObject schema, string name) => schema[name] is { } limit ? Number(limit) : null;

    private static double Number(JsonNode node) => double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture);

    private static string Kind(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => IsInteger(node) ? "integer" : "number",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static string Shown(JsonNode node) => node is JsonObject ? "\"object\"" : node.ToJsonString();

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
