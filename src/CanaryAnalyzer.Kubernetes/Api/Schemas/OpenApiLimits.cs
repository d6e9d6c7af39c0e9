using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>Writes what a schema asks of values beyond their type.</summary>
internal static class OpenApiLimits
{
    public static void Write(JsonObject written, FieldSchema schema)
    {
        if (schema.Default is { } value) written["default"] = value is bool flag ? flag : (string)value;
        Texts(written, schema);
        if (schema.Minimum is { } minimum) written["minimum"] = minimum;
        if (schema.IsMinimumExclusive) written["exclusiveMinimum"] = true;
        if (schema.Maximum is { } maximum) written["maximum"] = maximum;
        if (schema.MinItems is { } least) written["minItems"] = least;
        if (schema.MaxItems is { } most) written["maxItems"] = most;
        var isUntyped = schema.Accepts.HasFlag(JsonKinds.Text) && schema.Accepts is not (JsonKinds.Text or (JsonKinds.Text | JsonKinds.Integer) or JsonKinds.Any);
        if (isUntyped) Close(written, schema);
        Objects(written, schema);
    }

    private static void Texts(JsonObject written, FieldSchema schema)
    {
        if (schema.Allowed.Length > 0 && schema.Accepts == JsonKinds.Text) written["enum"] = Strings(schema.Allowed);
        else if (schema.Allowed.Length > 0) written["pattern"] = $"^({string.Join('|', schema.Allowed)})$";
        if (schema.Pattern is { } pattern) written["pattern"] = pattern;
        if (schema.Refused.Length > 0) written["not"] = new JsonObject { ["enum"] = Strings(schema.Refused) };
    }

    /// <summary>Limits that no value of a kind can meet refuse that kind, where no type can be named.</summary>
    private static void Close(JsonObject written, FieldSchema schema)
    {
        var accepted = schema.Accepts;
        if (!accepted.HasFlag(JsonKinds.Integer)) (written["minimum"], written["maximum"]) = (1, 0);
        if (!accepted.HasFlag(JsonKinds.List)) (written["minItems"], written["maxItems"]) = (1, 0);
        if (!accepted.HasFlag(JsonKinds.Object)) (written["minProperties"], written["maxProperties"]) = (1, 0);
        if (!accepted.HasFlag(JsonKinds.Boolean)) written["not"] = new JsonObject { ["enum"] = new JsonArray(true, false) };

        // For integers the API server cuts the fraction off a minimum: 0 would not be below 0.5.
        if (schema.Minimum is { } minimum && Math.Truncate(minimum) < minimum)
            written["allOf"] = new JsonArray(new JsonObject { ["minimum"] = Math.Truncate(minimum), ["exclusiveMinimum"] = true });
    }

    private static void Objects(JsonObject written, FieldSchema schema)
    {
        if (schema.IsClosed) written["anyOf"] = OnlyFields([.. schema.Fields.Keys]);
        if (schema.ExactlyOne.Length > 0) written["oneOf"] = new JsonArray([.. schema.ExactlyOne.Select(name => new JsonObject { ["required"] = new JsonArray(name) })]);
        if (schema.Alternatives.Length == 0) return;
        written["allOf"] = new JsonArray([.. schema.Alternatives.Select(any => new JsonObject { ["anyOf"] = new JsonArray([.. any.Select(one => JsonNode.Parse(one))]) })]);
    }

    /// <summary>Beside known fields a structural schema can't refuse others; that an object has exactly these fields, for any choice of them, can be said.</summary>
    private static JsonArray OnlyFields(string[] names)
    {
        var choices = Enumerable.Range(0, 1 << names.Length).Select(choice => names.Where((_, i) => (choice & (1 << i)) != 0).ToArray());
        return new JsonArray([.. choices.Select(Exactly)]);
    }

    private static JsonObject Exactly(string[] names)
    {
        var exactly = new JsonObject { ["maxProperties"] = names.Length };
        if (names.Length > 0) exactly["required"] = Strings(names);
        return exactly;
    }

    private static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
