using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Applying;

/// <summary>A client that tells the caches of its writes, and a pass of what it wrote, so that no pass decides on objects older than its own last writes.</summary>
public sealed class WriteTrackingClient(IResourceClient inner, ClusterCaches caches) : IResourceClient
{
    private static readonly AsyncLocal<List<WrittenObject>?> Pass = new();
    private readonly HashSet<string> watched = [.. caches.All.Select(c => c.Type.QualifiedName)];

    /// <summary>Keeps what this asynchronous flow writes from here on.</summary>
    public static List<WrittenObject> BeginPass() => Pass.Value = [];

    /// <inheritdoc/>
    public Task<JsonObject?> GetAsync(ResourceType type, ResourceKey key, CancellationToken cancellationToken) => inner.GetAsync(type, key, cancellationToken);

    /// <inheritdoc/>
    public Task<ResourceList> ListAsync(ResourceType type, ListOptions options, CancellationToken cancellationToken) => inner.ListAsync(type, options, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<WatchEvent> WatchAsync(ResourceType type, ListOptions options, string resourceVersion, CancellationToken cancellationToken) =>
        inner.WatchAsync(type, options, resourceVersion, cancellationToken);

    /// <inheritdoc/>
    public async Task<JsonObject> CreateAsync(ResourceType type, string? inNamespace, JsonObject resource, bool dryRun, CancellationToken cancellationToken)
    {
        var answer = await inner.CreateAsync(type, inNamespace, resource, dryRun, cancellationToken);
        return dryRun ? answer : Note(type, answer);
    }

    /// <inheritdoc/>
    public async Task<JsonObject> JsonPatchAsync(ResourceType type, ResourceKey key, JsonArray operations, string? subresource, CancellationToken cancellationToken) =>
        Note(type, await inner.JsonPatchAsync(type, key, operations, subresource, cancellationToken));

    /// <inheritdoc/>
    public async Task<JsonObject> MergePatchAsync(ResourceType type, ResourceKey key, JsonObject patch, string? subresource, CancellationToken cancellationToken) =>
        Note(type, await inner.MergePatchAsync(type, key, patch, subresource, cancellationToken));

    /// <inheritdoc/>
    public async Task<JsonObject> ApplyAsync(ResourceType type, ResourceKey key, JsonObject resource, CancellationToken cancellationToken) =>
        Note(type, await inner.ApplyAsync(type, key, resource, cancellationToken));

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(ResourceType type, ResourceKey key, DeleteOptions options, CancellationToken cancellationToken)
    {
        var isDeleted = await inner.DeleteAsync(type, key, options, cancellationToken);
        if (isDeleted && watched.Contains(type.QualifiedName) && options.Uid is { } uid)
        {
            caches.Of(type).NoteDeletion(key, uid);
            Pass.Value?.Add(new WrittenObject(type, key));
        }

        return isDeleted;
    }

    private JsonObject Note(ResourceType type, JsonObject answer)
    {
        if (!watched.Contains(type.QualifiedName)) return answer;
        caches.Of(type).NoteWrite(answer);
        Pass.Value?.Add(new WrittenObject(type, new ResourceKey(type.Namespaced ? answer.Namespace() : null, answer.Name())));
        return answer;
    }
}
