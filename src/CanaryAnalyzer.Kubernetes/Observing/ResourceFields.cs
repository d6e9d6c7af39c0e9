using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Reads the fields that all objects have, and plain values; what is missing or of another kind reads as absent.</summary>
internal static class ResourceFields
{
    public static string Name(this JsonObject resource) => resource.Text("metadata", "name") ?? "";

    public static string Namespace(this JsonObject resource) => resource.Text("metadata", "namespace") ?? "";

    public static string Uid(this JsonObject resource) => resource.Text("metadata", "uid") ?? "";

    public static string ResourceVersion(this JsonObject resource) => resource.Text("metadata", "resourceVersion") ?? "";

    public static long Generation(this JsonObject resource) => resource.Whole("metadata", "generation") ?? 0;

    public static bool IsDeleting(this JsonObject resource) => resource.Text("metadata", "deletionTimestamp") is not null;

    public static DateTimeOffset CreatedAt(this JsonObject resource) => Instant(resource.Text("metadata", "creationTimestamp")) ?? DateTimeOffset.UnixEpoch;

    public static ImmutableSortedDictionary<string, string> Labels(this JsonObject resource) => resource.Texts("metadata", "labels");

    public static ImmutableSortedDictionary<string, string> Annotations(this JsonObject resource) => resource.Texts("metadata", "annotations");

    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path) node = node is JsonObject map ? map[name] : null;
        return node;
    }

    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        At(node, path) is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static int? Whole(this JsonNode? node, params ReadOnlySpan<string> path) =>
        At(node, path) is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<int>(out var number) ? number : null;

    public static bool Flag(this JsonNode? node, params ReadOnlySpan<string> path) => At(node, path) is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    public static IEnumerable<JsonObject> Objects(this JsonNode? node, params ReadOnlySpan<string> path) =>
        At(node, path) is JsonArray list ? list.OfType<JsonObject>() : [];

    public static ImmutableSortedDictionary<string, string> Texts(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in At(node, path) as JsonObject ?? [])
        {
            if (value is JsonValue text && text.GetValueKind() == JsonValueKind.String) texts[name] = text.GetValue<string>();
        }

        return texts.ToImmutable();
    }

    public static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
}
