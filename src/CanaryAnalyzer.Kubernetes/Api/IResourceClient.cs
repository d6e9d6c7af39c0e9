using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>
/// The API server as raw JSON objects. Every failure is a <see cref="ResourceException"/>. What it returns leaves out
/// <c>metadata.managedFields</c>, which is often half of an object and which nobody here reads.
/// </summary>
public interface IResourceClient
{
    /// <summary>Reads one object; null if there is none of that name, or no such kind.</summary>
    Task<JsonObject?> GetAsync(ResourceType type, ResourceKey key, CancellationToken cancellationToken);

    /// <summary>Reads all objects, page by page. A kind that isn't installed is a not-found failure.</summary>
    Task<ResourceList> ListAsync(ResourceType type, ListOptions options, CancellationToken cancellationToken);

    /// <summary>
    /// Follows changes after <paramref name="resourceVersion"/>, with bookmarks. Ends without an error when the server closes the stream, which it
    /// does every few minutes, and after <see cref="WatchEventKind.Expired"/>; a broken stream is a failure.
    /// </summary>
    IAsyncEnumerable<WatchEvent> WatchAsync(ResourceType type, ListOptions options, string resourceVersion, CancellationToken cancellationToken);

    /// <summary>Creates an object and returns it as stored. With <paramref name="dryRun"/> the server does everything but store it.</summary>
    Task<JsonObject> CreateAsync(ResourceType type, string? inNamespace, JsonObject resource, bool dryRun, CancellationToken cancellationToken);

    /// <summary>Changes an object by a JSON Patch (RFC 6902).</summary>
    /// <param name="type">Its kind.</param>
    /// <param name="key">Its name.</param>
    /// <param name="operations">The operations; begin with a replacement of <c>/metadata/resourceVersion</c> to make the change conditional.</param>
    /// <param name="subresource">For example <c>status</c>; null for the object itself.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    Task<JsonObject> JsonPatchAsync(ResourceType type, ResourceKey key, JsonArray operations, string? subresource, CancellationToken cancellationToken);

    /// <summary>Changes an object by a JSON merge patch (RFC 7386).</summary>
    /// <param name="type">Its kind.</param>
    /// <param name="key">Its name.</param>
    /// <param name="patch">The patch; give it <c>metadata.resourceVersion</c> to make the change conditional.</param>
    /// <param name="subresource">For example <c>status</c>; null for the object itself.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    Task<JsonObject> MergePatchAsync(ResourceType type, ResourceKey key, JsonObject patch, string? subresource, CancellationToken cancellationToken);

    /// <summary>Creates or changes an object that is wholly ours by server-side apply, taking fields over from others.</summary>
    Task<JsonObject> ApplyAsync(ResourceType type, ResourceKey key, JsonObject resource, CancellationToken cancellationToken);

    /// <summary>Deletes an object. Returns false if there was none.</summary>
    Task<bool> DeleteAsync(ResourceType type, ResourceKey key, DeleteOptions options, CancellationToken cancellationToken);
}
