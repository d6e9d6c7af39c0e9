using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Viewing;

/// <summary>Reads more kinds of fields of objects that other programs wrote: what is absent or of another type is simply not there.</summary>
internal static class JsonReading
{
    public static double? Real(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;

    public static DateTimeOffset? Instant(this JsonNode? node, params ReadOnlySpan<string> path) =>
        DateTimeOffset.TryParse(node.Text(path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;

    public static IEnumerable<JsonNode> Items(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray list ? list.OfType<JsonNode>() : [];

    public static bool IsOwnedBy(this JsonObject resource, string? uid) =>
        uid is not null && resource.Items("metadata", "ownerReferences").Any(owner => owner.Text("uid") == uid);
}
