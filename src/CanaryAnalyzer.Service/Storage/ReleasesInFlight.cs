using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Watching;

namespace CanaryAnalyzer.Service.Storage;

/// <summary>Finds the Rollouts with a release under way, which may be the cause where both versions of another one get worse.</summary>
/// <param name="rollouts">All Rollouts.</param>
internal sealed class ReleasesInFlight(ResourceCache rollouts)
{
    private const int MostNamed = 10;
    private const string UnderWay = "under way";

    private readonly CacheIndex underWay = rollouts.AddIndex(rollout => IsUnderWay(rollout.Json) ? [UnderWay] : []);

    /// <summary>The names of those with a release under way but one as <c>namespace/name</c>, those of the same namespace first; at most ten.</summary>
    public IReadOnlyList<string> Except(ResourceKey? own) => First(underWay.Find(UnderWay).Select(rollout => rollout.Key), own);

    /// <summary>Of these Rollouts, those that are named.</summary>
    public static IReadOnlyList<string> First(IEnumerable<ResourceKey> found, ResourceKey? except) =>
        [.. found.Where(k => k != except).OrderBy(k => k.Namespace != except?.Namespace).ThenBy(k => k.ToString(), StringComparer.Ordinal).Take(MostNamed).Select(k => $"{k.Namespace}/{k.Name}")];

    /// <summary>Whether a Rollout has a release under way.</summary>
    public static bool IsUnderWay(JsonObject rollout)
    {
        var status = rollout["status"];
        return status.Text("stableRS") is { Length: > 0 } stable && status.Text("currentPodHash") is { } wanted && stable != wanted && !status.Flag("abort");
    }
}
