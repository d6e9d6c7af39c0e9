using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>The cluster's objects as last seen. What it returns is shared: read it, never change it.</summary>
public interface IClusterView
{
    /// <summary>A kind in the version that the server has.</summary>
    ResourceType Served(ResourceType type);

    /// <summary>One object; null where there is none.</summary>
    JsonObject? Get(ResourceType type, ResourceKey key);

    /// <summary>The objects of a kind that an object owns.</summary>
    IReadOnlyList<JsonObject> OwnedBy(ResourceType type, string ownerUid);

    /// <summary>The objects of a kind in a namespace that nobody controls.</summary>
    IReadOnlyList<JsonObject> WithoutController(ResourceType type, string inNamespace) =>
        [.. InNamespace(type, inNamespace).Where(r => !r.Objects("metadata", "ownerReferences").Any(o => o.Flag("controller")))];

    /// <summary>The objects of a kind in a namespace; it reads all of them, so not for what happens at each reconcile.</summary>
    IReadOnlyList<JsonObject> InNamespace(ResourceType type, string inNamespace);
}
