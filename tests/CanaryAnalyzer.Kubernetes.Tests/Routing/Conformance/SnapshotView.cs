using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Tests.Routing.Conformance;

/// <summary>Some objects of one kind as they were at one moment.</summary>
internal sealed class SnapshotView(ResourceType kind, IEnumerable<JsonObject> objects) : IClusterView
{
    private readonly List<JsonObject> all = [.. objects];

    public ResourceType Served(ResourceType type) => type;

    public JsonObject? Get(ResourceType type, ResourceKey key) => all.Find(o => type == kind && o.Namespace() == key.Namespace && o.Name() == key.Name);

    public IReadOnlyList<JsonObject> OwnedBy(ResourceType type, string ownerUid) => [];

    public IReadOnlyList<JsonObject> InNamespace(ResourceType type, string inNamespace) => [.. all.Where(o => type == kind && o.Namespace() == inNamespace)];
}
