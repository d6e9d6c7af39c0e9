using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Kubernetes.Tests.Routing.Conformance;

/// <summary>Keeps what a router sends: each request as a verb and an object.</summary>
internal sealed class RecordingClient(IResourceClient inner) : IResourceClient
{
    public List<string> Requests { get; } = [];

    public Task<JsonObject?> GetAsync(ResourceType type, ResourceKey key, CancellationToken cancellationToken) =>
        Sent($"get {key}", inner.GetAsync(type, key, cancellationToken));

    public Task<ResourceList> ListAsync(ResourceType type, ListOptions options, CancellationToken cancellationToken) =>
        Sent($"list {type.Plural}", inner.ListAsync(type, options, cancellationToken));

    public IAsyncEnumerable<WatchEvent> WatchAsync(ResourceType type, ListOptions options, string resourceVersion, CancellationToken cancellationToken) =>
        Sent($"watch {type.Plural}", inner.WatchAsync(type, options, resourceVersion, cancellationToken));

    public Task<JsonObject> CreateAsync(ResourceType type, string? inNamespace, JsonObject resource, bool dryRun, CancellationToken cancellationToken) =>
        Sent($"create {type.Plural}", inner.CreateAsync(type, inNamespace, resource, dryRun, cancellationToken));

    public Task<JsonObject> JsonPatchAsync(
        ResourceType type, ResourceKey key, JsonArray operations, string? subresource, CancellationToken cancellationToken) =>
        Sent($"patch {key}", inner.JsonPatchAsync(type, key, operations, subresource, cancellationToken));

    public Task<JsonObject> MergePatchAsync(ResourceType type, ResourceKey key, JsonObject patch, string? subresource, CancellationToken cancellationToken) =>
        Sent($"patch {key}", inner.MergePatchAsync(type, key, patch, subresource, cancellationToken));

    public Task<JsonObject> ApplyAsync(ResourceType type, ResourceKey key, JsonObject resource, CancellationToken cancellationToken) =>
        Sent($"apply {key}", inner.ApplyAsync(type, key, resource, cancellationToken));

    public Task<bool> DeleteAsync(ResourceType type, ResourceKey key, DeleteOptions options, CancellationToken cancellationToken) =>
        Sent($"delete {key}", inner.DeleteAsync(type, key, options, cancellationToken));

    private T Sent<T>(string request, T answer)
    {
        Requests.Add(request);
        return answer;
    }
}
