using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Objects;

/// <summary>The parts of <c>metadata</c> that the server owns.</summary>
internal static class ObjectMetadata
{
    private const string NameAlphabet = "bcdfghjklmnpqrstvwxz2456789";
    private const int LongestGenerateName = 58;
    private static readonly string[] Owned = ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "name", "namespace"];

    /// <summary>What a new object gets: name, namespace, uid, creation time, first generation.</summary>
    public static void Begin(ResourceKind kind, string @namespace, JsonObject next, DateTimeOffset now)
    {
        next["apiVersion"] = kind.ApiVersion;
        next["kind"] = kind.Kind;
        var metadata = next.Ensure("metadata");
        if (metadata.TextAt("name") is null or "" && metadata.TextAt("generateName") is { Length: > 0 } prefix)
            metadata["name"] = Truncated(prefix) + RandomSuffix();
        if (kind.Namespaced)
            metadata["namespace"] = @namespace;
        else
            metadata.Remove("namespace");
        foreach (var owned in (string[])["resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"])
            metadata.Remove(owned);
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = now.Timestamp();
        if (kind.Generation == GenerationRule.None)
            metadata.Remove("generation");
        else
            metadata["generation"] = 1;
    }

    /// <summary>Puts the server's own fields of the stored version over those of the next.</summary>
    public static void KeepOwned(JsonObject current, JsonObject next)
    {
        var metadata = next.Ensure("metadata");
        foreach (var name in Owned)
        {
            if (current.At("metadata", name) is { } value)
                metadata[name] = value.DeepClone();
            else
                metadata.Remove(name);
        }

        metadata.Remove("selfLink");
    }

    public static void RaiseGeneration(ResourceKind kind, JsonObject current, JsonObject next)
    {
        var changed = kind.Generation switch
        {
            GenerationRule.Spec => !JsonAccess.Same(current["spec"], next["spec"]),
            GenerationRule.AllButStatus => !JsonAccess.Same(Without(current, "status"), Without(next, "status")),
            GenerationRule.AllButMetadata => !JsonAccess.Same(Without(current), Without(next)),
            _ => false,
        };
        if (changed)
            next.Ensure("metadata")["generation"] = (current.NumberAt("metadata", "generation") ?? 0) + 1;
    }

    /// <summary>Five letters as the API server draws them for <c>generateName</c>.</summary>
    public static string RandomSuffix() => RandomNumberGenerator.GetString(NameAlphabet, 5);

    /// <summary>A hash in the same letters, as they stand in ReplicaSets' names.</summary>
    public static string SafeHash(ReadOnlySpan<byte> content)
    {
        var hash = SHA256.HashData(content);
        return string.Create(10, hash, static (text, bytes) =>
        {
            for (var i = 0; i < text.Length; i++)
                text[i] = NameAlphabet[bytes[i] % NameAlphabet.Length];
        });
    }

    private static string Truncated(string prefix) => prefix.Length > LongestGenerateName ? prefix[..LongestGenerateName] : prefix;

    private static JsonObject Without(JsonObject node, string? member = null)
    {
        var copy = node.Copy();
        copy.Remove("metadata");
        copy.Remove("apiVersion");
        copy.Remove("kind");
        if (member is not null)
            copy.Remove(member);
        return copy;
    }
}
