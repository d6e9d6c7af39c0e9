using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Reads the fields that all objects have, and plain values; what is missing or of another kind reads as absent.</summary>
public static class ResourceFields
{
    /// <summary>The object's name; empty where it has none.</summary>
    public static string Name(this JsonObject resource) => resource.Text("metadata", "name") ?? "";

    /// <summary>Its namespace; empty where it has none.</summary>
    public static string Namespace(this JsonObject resource) => resource.Text("metadata", "namespace") ?? "";

    /// <summary>Tells it from another object of the same name; empty where it has none.</summary>
    public static string Uid(this JsonObject resource) => resource.Text("metadata", "uid") ?? "";

    /// <summary>Which version of it this is; empty where it says none.</summary>
    public static string ResourceVersion(this JsonObject resource) => resource.Text("metadata", "resourceVersion") ?? "";

    /// <summary>How often its spec was changed; 0 where it says nothing.</summary>
    public static long Generation(this JsonObject resource) => resource.Whole("metadata", "generation") ?? 0;

    /// <summary>Somebody deleted it, and it waits for its finalizers.</summary>
    public static bool IsDeleting(this JsonObject resource) => resource.Text("metadata", "deletionTimestamp") is not null;

    /// <summary>When it was created, in UTC; the Unix epoch where it says nothing.</summary>
    public static DateTimeOffset CreatedAt(this JsonObject resource) => KubernetesTime.Parse(resource.Text("metadata", "creationTimestamp")) ?? DateTimeOffset.UnixEpoch;

    /// <summary>Its labels.</summary>
    public static ImmutableSortedDictionary<string, string> Labels(this JsonObject resource) => resource.Texts("metadata", "labels");

    /// <summary>Its annotations.</summary>
    public static ImmutableSortedDictionary<string, string> Annotations(this JsonObject resource) => resource.Texts("metadata", "annotations");

    /// <summary>What stands at a path of fields; null where nothing does.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path) node = node is JsonObject map ? map[name] : null;
        return node;
    }

    /// <summary>The text at a path; null where there is none.</summary>
    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        At(node, path) is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>The whole number at a path; null where there is none.</summary>
    public static int? Whole(this JsonNode? node, params ReadOnlySpan<string> path) =>
        At(node, path) is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<int>(out var number) ? number : null;

    /// <summary>The number at a path; null where there is none.</summary>
    public static double? Real(this JsonNode? node, params ReadOnlySpan<string> path) => At(node, path) is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;

    /// <summary>The instant at a path; null where there is none.</summary>
    public static DateTimeOffset? Instant(this JsonNode? node, params ReadOnlySpan<string> path) =>
        DateTimeOffset.TryParse(Text(node, path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;

    /// <summary>The elements of the array at a path.</summary>
    public static IEnumerable<JsonNode> Items(this JsonNode? node, params ReadOnlySpan<string> path) => At(node, path) is JsonArray array ? array.OfType<JsonNode>() : [];

    /// <summary>Whether the object has an owner of that uid.</summary>
    public static bool IsOwnedBy(this JsonObject resource, string? uid) => uid is not null && resource.Items("metadata", "ownerReferences").Any(owner => owner.Text("uid") == uid);

    /// <summary>Whether <c>true</c> stands at a path.</summary>
    public static bool Flag(this JsonNode? node, params ReadOnlySpan<string> path) => At(node, path) is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    /// <summary>The objects of the list at a path.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonNode? node, params ReadOnlySpan<string> path) =>
        At(node, path) is JsonArray list ? list.OfType<JsonObject>() : [];

    /// <summary>The texts of the map at a path, such as labels.</summary>
    public static ImmutableSortedDictionary<string, string> Texts(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in At(node, path) as JsonObject ?? [])
        {
            if (value is JsonValue text && text.GetValueKind() == JsonValueKind.String) texts[name] = text.GetValue<string>();
        }

        return texts.ToImmutable();
    }
}
