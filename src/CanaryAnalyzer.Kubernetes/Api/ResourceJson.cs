using System.Buffers;
using System.Text.Json;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>Reads objects out of the server's answers, each on its own memory and without <c>managedFields</c>.</summary>
internal static class ResourceJson
{
    // Schemas in CustomResourceDefinitions nest deeper than the default of 64.
    public static JsonDocumentOptions Reading { get; } = new() { MaxDepth = 512, AllowDuplicateProperties = false };

    public static JsonWriterOptions Writing { get; } = new() { MaxDepth = 512, SkipValidation = true };

    /// <summary>Copies an object; a list's items get the <c>apiVersion</c> and <c>kind</c> that the server leaves out of them.</summary>
    public static RawResource Copy(JsonElement element, ResourceType? type = null)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new JsonException($"Expected an object, found {element.ValueKind}.");

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartObject();
            if (type is not null && !element.TryGetProperty("apiVersion", out _))
                writer.WriteString("apiVersion", type.ApiVersion);
            if (type is not null && !element.TryGetProperty("kind", out _))
                writer.WriteString("kind", type.Kind);
            foreach (var property in element.EnumerateObject())
            {
                if (property.NameEquals("metadata") && property.Value.ValueKind == JsonValueKind.Object)
                    WriteMetadata(writer, property.Value);
                else
                    property.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return new RawResource(buffer.WrittenSpan);
    }

    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static void WriteMetadata(Utf8JsonWriter writer, JsonElement metadata)
    {
        writer.WriteStartObject("metadata");
        foreach (var property in metadata.EnumerateObject().Where(property => !property.NameEquals("managedFields")))
            property.WriteTo(writer);
        writer.WriteEndObject();
    }
}
