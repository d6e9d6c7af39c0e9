using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>Writes a schema in the structural form that CustomResourceDefinitions need. Unknown fields of objects are kept, so that they can be named.</summary>
internal static class OpenApiSchema
{
    private const string Preserve = "x-kubernetes-preserve-unknown-fields";

    public static JsonObject Of(FieldSchema schema, XmlDescriptions descriptions)
    {
        var written = new JsonObject();
        if (schema.Origin is { } origin && descriptions.Of(origin) is { } description) written["description"] = description + Taken(schema);
        WriteType(written, schema);
        OpenApiLimits.Write(written, schema);
        if (schema.Required.Length > 0) written["required"] = new JsonArray([.. schema.Required.Select(name => JsonValue.Create(name))]);
        if (schema.Fields.Count > 0)
        {
            written["properties"] = new JsonObject(schema.Fields.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)Of(field.Value, descriptions))));
        }

        // The field that holds the elements is described; a second description for each doubles the size.
        if (schema.Items is { } items) written[schema.Accepts == JsonKinds.List ? "items" : "additionalProperties"] = Of(items with { Origin = null }, descriptions);
        return written;
    }

    // What kubectl explain can't tell from the type, which is <Object> wherever the schema names none.
    private static string Taken(FieldSchema schema)
    {
        if (schema.Items is { Wanted: { } element } && schema.Accepts == JsonKinds.List) return $" Each is {element}.";
        return schema.Accepts != JsonKinds.Any && !HasType(schema) ? $" Takes {ExpectedValue.Of(schema)}." : "";
    }

    private static bool HasType(FieldSchema schema) =>
        schema.Accepts is JsonKinds.Object or JsonKinds.List or JsonKinds.Text or JsonKinds.Integer or JsonKinds.Boolean or (JsonKinds.Number | JsonKinds.Integer);

    private static void WriteType(JsonObject written, FieldSchema schema)
    {
        switch (schema.Accepts)
        {
            case JsonKinds.Integer | JsonKinds.Text:
                written["x-kubernetes-int-or-string"] = true;
                break;
            case JsonKinds.Object:
                written["type"] = "object";
                if (schema.Items is null) written[Preserve] = true;
                break;
            case JsonKinds.Number | JsonKinds.Integer:
                written["type"] = "number";
                break;
            case JsonKinds.List or JsonKinds.Text or JsonKinds.Integer or JsonKinds.Boolean:
                written["type"] = schema.Accepts switch
                {
                    JsonKinds.List => "array", JsonKinds.Text => "string", JsonKinds.Integer => "integer", _ => "boolean",
                };
                break;
            default:
                // A structural schema can't name two types, so the type stays open; limits that no value of a kind can meet close it.
                written[Preserve] = true;
                break;
        }

        if (schema.Format is { } format) written["format"] = format;
    }
}
