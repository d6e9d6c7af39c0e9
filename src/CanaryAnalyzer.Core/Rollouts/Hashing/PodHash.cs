using System.Text;
using System.Text.Json;

namespace CanaryAnalyzer.Core.Rollouts.Hashing;

/// <summary>Short names for templates and steps: FNV-1a of 32 bits, written in letters that a Kubernetes name may have.</summary>
public static class PodHash
{
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>The hash of a pod template; the order of its members does not matter.</summary>
    /// <param name="template">The template as JSON.</param>
    /// <param name="collisionCount">How often the hash turned out to be taken; zero leaves it as it is.</param>
    public static string OfTemplate(JsonElement template, int collisionCount)
    {
        var hash = Fnv1A(2166136261, Encoding.UTF8.GetBytes(CanonicalJson.Write(template)));
        if (collisionCount > 0) hash = Fnv1A(hash, [.. BitConverter.GetBytes(collisionCount), 0, 0, 0, 0]);
        return SafeEncode(hash);
    }

    /// <summary>The hash of a text.</summary>
    public static string OfText(string text) => SafeEncode(Fnv1A(2166136261, Encoding.UTF8.GetBytes(text)));

    private static uint Fnv1A(uint hash, byte[] bytes)
    {
        foreach (var b in bytes) hash = unchecked((hash ^ b) * 16777619);
        return hash;
    }

    private static string SafeEncode(uint hash) =>
        string.Concat(hash.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(c => Alphabet[c % Alphabet.Length]));
}
