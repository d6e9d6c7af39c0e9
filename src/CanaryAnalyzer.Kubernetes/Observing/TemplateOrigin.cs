using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Hashing;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>
/// What an inline pod template was before the API server filled in its defaults: a digest of all of it, and one of the parts that are stored as they were written. A
/// ReplicaSet has that of the template that it was made from (<see cref="Markers.Template"/>), so that most comparisons need no defaults.
/// </summary>
internal static class TemplateOrigin
{
    private const int DigestLength = 32;
    private static readonly string[] OfMetadata = ["labels", "annotations"];
    private static readonly string[] OfContainer = ["name", "image", "command", "args"];

    /// <summary>The origin of a template, as a Rollout has it.</summary>
    public static string Of(JsonObject template) => $"{Digest(template)}.{Digest(AsWritten(template))}";

    /// <summary>Whether two templates differ whatever is filled in; a missing origin may be any.</summary>
    public static bool Differ(string origin, string? other) => other is not null && origin.Split('.')[^1] != other.Split('.')[^1];

    private static string Digest(JsonNode template) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Write(JsonSerializer.SerializeToElement(template)))))[..DigestLength];

    private static JsonObject AsWritten(JsonObject template)
    {
        var written = Some(template["metadata"], OfMetadata);
        foreach (var list in (string[])["initContainers", "containers"])
            written[list] = new JsonArray([.. template.Objects("spec", list).Select(c => Some(c, OfContainer))]);
        return written;
    }

    // An empty list or map may come back as an absent one.
    private static JsonObject Some(JsonNode? node, string[] names)
    {
        var some = new JsonObject();
        foreach (var name in names)
        {
            if (node.At(name) is { } value and not (JsonArray { Count: 0 } or JsonObject { Count: 0 })) some[name] = value.DeepClone();
        }

        return some;
    }
}
