using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Kubernetes.Tests;

/// <summary>A view that is never old: it reads the server's own store. Frozen objects stay as they were.</summary>
internal sealed class StoreView(ObjectStore store) : IClusterView
{
    public Dictionary<string, JsonObject> Frozen { get; } = [];

    public ResourceType Served(ResourceType type) => type;

    public JsonObject? Get(ResourceType type, ResourceKey key) => Frozen.GetValueOrDefault($"{type.Plural}/{key}") ?? store.Find(type.QualifiedName, key.Namespace, key.Name);

    public IReadOnlyList<JsonObject> OwnedBy(ResourceType type, string ownerUid) =>
        [.. store.All(type.QualifiedName).Where(r => r["metadata"]!["ownerReferences"] is JsonArray owners && owners.Any(o => o!["uid"]!.GetValue<string>() == ownerUid))];

    public IReadOnlyList<JsonObject> InNamespace(ResourceType type, string inNamespace) => store.All(type.QualifiedName, inNamespace);
}
