using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Service.Runs;

/// <summary>Finds the Rollouts with a release under way, which may be the cause where both versions of another one get worse.</summary>
internal static class ReleasesInFlight
{
    private const int MostNamed = 10;

    /// <summary>The names of those with a release under way as <c>namespace/name</c>, those of the same namespace first; at most ten.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<(ResourceKey Key, JsonObject Json)> rollouts, ResourceKey? except)
    {
        var found = rollouts.Where(r => r.Key != except && IsUnderWay(r.Json.At("status"))).Select(r => r.Key);
        return [.. found.OrderBy(k => k.Namespace != except?.Namespace).ThenBy(k => k.ToString(), StringComparer.Ordinal).Take(MostNamed).Select(k => $"{k.Namespace}/{k.Name}")];
    }

    private static bool IsUnderWay(JsonNode? status) =>
        status.Text("stableRS") is { Length: > 0 } stable && status.Text("currentPodHash") is { } wanted && stable != wanted && !status.Flag("abort");
}
