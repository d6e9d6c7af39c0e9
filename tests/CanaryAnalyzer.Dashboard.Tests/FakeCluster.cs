using System.Net;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Dashboard.Tests;

/// <summary>A cluster that knows tokens as <c>token-of-NAME</c>, lets a user read in namespaces that it was told of, and holds a few objects.</summary>
internal sealed class FakeCluster : IResourceClient, IClusterView
{
    private int asked;
    private readonly Dictionary<(ResourceType, ResourceKey), JsonObject> objects = [];

    public HashSet<(string User, string Namespace)> Allowed { get; } = [];

    /// <summary>How many questions were asked.</summary>
    public int Asked => asked;

    /// <summary>What every answer waits for; null for nothing.</summary>
    public TaskCompletionSource? Hangs { get; set; }

    public bool IsDown { get; set; }

    public void Put(ResourceType type, string inNamespace, string name, string json) => objects[(type, new ResourceKey(inNamespace, name))] = (JsonObject)JsonNode.Parse(json)!;

    public JsonObject? Get(ResourceType type, ResourceKey key) => objects.GetValueOrDefault((type, key));

    public async Task<JsonObject> CreateAsync(ResourceType type, string? inNamespace, JsonObject resource, bool dryRun, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref asked);
        await (Hangs?.Task ?? Task.CompletedTask);
        if (IsDown) throw new ResourceException(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable", "down");
        var spec = resource["spec"]!;
        resource["status"] = type == ResourceType.TokenReviews ? Token(spec["token"]!.GetValue<string>()) : new JsonObject { ["allowed"] = IsAllowed(spec) };
        return resource;
    }

    public ResourceType Served(ResourceType type) => type;

    public IReadOnlyList<JsonObject> OwnedBy(ResourceType type, string ownerUid) =>
        [.. objects.Where(o => o.Key.Item1 == type && o.Value["metadata"]?["ownerReferences"]?[0]?["uid"]?.GetValue<string>() == ownerUid).Select(o => o.Value)];

    public IReadOnlyList<JsonObject> InNamespace(ResourceType type, string inNamespace) => throw new NotSupportedException();

    public Task<JsonObject?> GetAsync(ResourceType type, ResourceKey key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ResourceList> ListAsync(ResourceType type, ListOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<WatchEvent> WatchAsync(ResourceType type, ListOptions options, string resourceVersion, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<JsonObject> JsonPatchAsync(ResourceType type, ResourceKey key, JsonArray operations, string? subresource, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<JsonObject> MergePatchAsync(ResourceType type, ResourceKey key, JsonObject patch, string? subresource, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<JsonObject> ApplyAsync(ResourceType type, ResourceKey key, JsonObject resource, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DeleteAsync(ResourceType type, ResourceKey key, DeleteOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();

    private static JsonObject Token(string token) => token.StartsWith("token-of-", StringComparison.Ordinal)
        ? new JsonObject { ["authenticated"] = true, ["user"] = new JsonObject { ["username"] = token["token-of-".Length..], ["groups"] = new JsonArray("system:authenticated") } }
        : new JsonObject { ["authenticated"] = false };

    private bool IsAllowed(JsonNode spec) => Allowed.Contains((spec["user"]!.GetValue<string>(), spec["resourceAttributes"]!["namespace"]!.GetValue<string>()))
        && (spec["resourceAttributes"]!["verb"]!.GetValue<string>(), spec["resourceAttributes"]!["resource"]!.GetValue<string>()) == ("get", "analysisruns");
}
