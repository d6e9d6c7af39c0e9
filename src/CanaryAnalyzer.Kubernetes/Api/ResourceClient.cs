using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>The API server through KubernetesClient's connections. <see cref="ClusterConnection"/> makes one.</summary>
internal sealed class ResourceClient(ApiTransport transport) : IResourceClient
{
    /// <summary>How the server knows which fields are ours.</summary>
    public const string FieldManager = "canary-analyzer";

    /// <summary>How many objects a page of a list has.</summary>
    public const int PageSize = 500;

    // Between 5 and 10 minutes, so that the watches of many caches don't end together.
    private static readonly TimeSpan ShortestWatch = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan WatchGrace = TimeSpan.FromSeconds(30);

    public async Task<JsonObject?> GetAsync(ResourceType type, ResourceKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(HttpMethod.Get, ResourceUrl.Of(type, key.Namespace, key.Name), null, cancellationToken);
        }
        catch (ResourceException failure) when (failure.IsNotFound)
        {
            return null;
        }
    }

    public async Task<ResourceList> ListAsync(ResourceType type, ListOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await ListAsync(type, options, PageSize, cancellationToken);
        }
        catch (ResourceException failure) when (failure.IsGone)
        {
            // The list took longer than the server keeps its pages: get all of it at once.
            return await ListAsync(type, options, pageSize: 0, cancellationToken);
        }
    }

    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        ResourceType type, ListOptions options, string resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var duration = ShortestWatch * (1 + Random.Shared.NextDouble());
        var seconds = ((int)duration.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var url = ResourceUrl.Of(type, options.Namespace) + ResourceUrl.Query(
            ("watch", "true"), ("allowWatchBookmarks", "true"), ("resourceVersion", resourceVersion), ("timeoutSeconds", seconds),
            ("labelSelector", options.LabelSelector), ("fieldSelector", options.FieldSelector));

        // A connection can die without a word: the server ends the watch after the time asked for, so longer means dead.
        using var limit = new CancellationTokenSource(duration + WatchGrace, transport.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await using var events = OpenWatchAsync(url, both.Token).GetAsyncEnumerator(both.Token);
        while (true)
        {
            try
            {
                if (!await events.MoveNextAsync())
                    yield break;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                yield break;
            }
            catch (Exception exception) when (ApiTransport.IsBroken(exception))
            {
                throw transport.Unreachable(exception);
            }

            yield return events.Current;
        }
    }

    public Task<JsonObject> CreateAsync(ResourceType type, string? inNamespace, JsonObject resource, bool dryRun, CancellationToken cancellationToken)
    {
        var url = ResourceUrl.Of(type, inNamespace) + ResourceUrl.Query(("fieldManager", FieldManager), ("dryRun", dryRun ? "All" : null));
        return SendAsync(HttpMethod.Post, url, new ApiBody(resource, ApiBody.Json), cancellationToken);
    }

    public Task<JsonObject> JsonPatchAsync(
        ResourceType type, ResourceKey key, JsonArray operations, string? subresource, CancellationToken cancellationToken) =>
        PatchAsync(type, key, new ApiBody(operations, ApiBody.JsonPatch), subresource, force: null, cancellationToken);

    public Task<JsonObject> MergePatchAsync(
        ResourceType type, ResourceKey key, JsonObject patch, string? subresource, CancellationToken cancellationToken) =>
        PatchAsync(type, key, new ApiBody(patch, ApiBody.MergePatch), subresource, force: null, cancellationToken);

    public Task<JsonObject> ApplyAsync(ResourceType type, ResourceKey key, JsonObject resource, CancellationToken cancellationToken) =>
        PatchAsync(type, key, new ApiBody(resource, ApiBody.ApplyPatch), subresource: null, force: "true", cancellationToken);

    public async Task<bool> DeleteAsync(ResourceType type, ResourceKey key, DeleteOptions options, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "DeleteOptions", ["propagationPolicy"] = options.Propagation.ToString() };
        var preconditions = new JsonObject();
        if (options.Uid is not null)
            preconditions["uid"] = options.Uid;
        if (options.ResourceVersion is not null)
            preconditions["resourceVersion"] = options.ResourceVersion;
        if (preconditions.Count > 0)
            body["preconditions"] = preconditions;
        try
        {
            await SendAsync(HttpMethod.Delete, ResourceUrl.Of(type, key.Namespace, key.Name), new ApiBody(body, ApiBody.Json), cancellationToken);
            return true;
        }
        catch (ResourceException failure) when (failure.IsNotFound)
        {
            return false;
        }
    }

    private Task<JsonObject> PatchAsync(
        ResourceType type, ResourceKey key, ApiBody body, string? subresource, string? force, CancellationToken cancellationToken)
    {
        var url = ResourceUrl.Of(type, key.Namespace, key.Name, subresource) + ResourceUrl.Query(("fieldManager", FieldManager), ("force", force));
        return SendAsync(HttpMethod.Patch, url, body, cancellationToken);
    }

    private Task<JsonObject> SendAsync(HttpMethod method, string url, ApiBody? body, CancellationToken cancellationToken) =>
        transport.SendAsync(method, url, body, element => ResourceJson.Copy(element).Parse(), cancellationToken);

    private async Task<ResourceList> ListAsync(ResourceType type, ListOptions options, int pageSize, CancellationToken cancellationToken)
    {
        var items = new List<RawResource>();
        string? next = null;
        while (true)
        {
            var url = ResourceUrl.Of(type, options.Namespace) + ResourceUrl.Query(
                ("limit", pageSize == 0 ? null : pageSize.ToString(CultureInfo.InvariantCulture)), ("continue", next),
                ("labelSelector", options.LabelSelector), ("fieldSelector", options.FieldSelector));
            var (version, more) = await transport.SendAsync(HttpMethod.Get, url, null, element => ReadPage(type, element, items), cancellationToken);
            if (string.IsNullOrEmpty(more))
                return new ResourceList(items, version);
            next = more;
        }
    }

    private static (string Version, string? Next) ReadPage(ResourceType type, JsonElement page, List<RawResource> items)
    {
        if (page.ValueKind != JsonValueKind.Object || !page.TryGetProperty("metadata", out var metadata))
            throw new JsonException("Expected a list with metadata.");
        if (page.TryGetProperty("items", out var elements) && elements.ValueKind == JsonValueKind.Array)
            items.AddRange(elements.EnumerateArray().Select(element => ResourceJson.Copy(element, type)));
        var version = ResourceJson.Text(metadata, "resourceVersion") ?? throw new JsonException("Expected a list with a resourceVersion.");
        return (version, ResourceJson.Text(metadata, "continue"));
    }

    private async IAsyncEnumerable<WatchEvent> OpenWatchAsync(string url, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await transport.OpenAsync(url, cancellationToken);
        }
        catch (ResourceException failure) when (failure.IsGone)
        {
            // As an event, below: one way for callers to see it.
        }

        if (response is null)
        {
            yield return new WatchEvent(WatchEventKind.Expired, new JsonObject());
            yield break;
        }

        using (response)
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            await foreach (var happened in WatchStream.ReadAsync(stream, cancellationToken))
                yield return happened;
        }
    }
}
