using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Manifests;

/// <summary>
/// Objects as if a cluster had them. An object of a file that names no namespace goes into whichever it is applied to, so it is found from every namespace.
/// </summary>
internal sealed class FixedView(IEnumerable<JsonObject> resources) : IClusterView
{
    private readonly List<JsonObject> _resources = [.. resources];

    public ResourceType Served(ResourceType type) => type;

    public JsonObject? Get(ResourceType type, ResourceKey key) =>
        Of(type, key.Namespace).FirstOrDefault(resource => resource.Text("metadata", "name") == key.Name);

    public IReadOnlyList<JsonObject> OwnedBy(ResourceType type, string ownerUid) => [.. Of(type, null).Where(resource => resource.IsOwnedBy(ownerUid))];

    public IReadOnlyList<JsonObject> InNamespace(ResourceType type, string inNamespace) => [.. Of(type, inNamespace)];

    private IEnumerable<JsonObject> Of(ResourceType type, string? inNamespace) => _resources.Where(resource =>
        resource.Text("kind") == type.Kind && (resource.Text("apiVersion") ?? "").StartsWith(type.Group, StringComparison.Ordinal)
        && (string.IsNullOrEmpty(inNamespace) || (resource.Text("metadata", "namespace") ?? inNamespace) == inNamespace));
}
