using System.Text.Json.Nodes;

namespace CanaryAnalyzer.LocalCluster.Patching;

/// <summary>JSON Merge Patch (RFC 7396).</summary>
internal static class MergePatch
{
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
            return patch?.DeepClone();
        var result = target as JsonObject ?? [];
        foreach (var (name, change) in changes)
        {
            if (change is null)
            {
                result.Remove(name);
                continue;
            }

            result.TryGetPropertyValue(name, out var current);
            var next = Apply(current, change);
            if (!ReferenceEquals(next, current))
                result[name] = next;
        }

        return result;
    }
}
