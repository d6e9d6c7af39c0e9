using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Watching;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>What the caches keep of an object: all that anything here reads, and no more.</summary>
internal static class KeptParts
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>The part of an object that is kept; null where all of it is.</summary>
    public static JsonObject? Of(CachedResource resource)
    {
        if (resource.Type == ResourceType.Pods) return PodReader.Trim(resource.Json);

        // A cluster has many ReplicaSets of Deployments. Of those only counts whose they are.
        if (resource.Type == ResourceType.ReplicaSets && resource.ControllerKind is { } controller && controller != ResourceType.Rollouts.Kind) return WithoutContents(resource.Json);
        return resource.Utf8.IndexOf("kubectl.kubernetes.io/last-applied-configuration"u8) < 0 ? null : WithoutLastApplied(resource.Json);
    }

    private static JsonObject WithoutContents(JsonObject resource)
    {
        var kept = (JsonObject)resource.DeepClone();
        kept.Remove("spec");
        kept.Remove("status");
        (kept["metadata"] as JsonObject)?.Remove("annotations");
        return kept;
    }

    // It repeats the whole object, and kubectl alone reads it.
    private static JsonObject WithoutLastApplied(JsonObject resource)
    {
        var kept = (JsonObject)resource.DeepClone();
        (kept.At("metadata", "annotations") as JsonObject)?.Remove(LastApplied);
        return kept;
    }
}
