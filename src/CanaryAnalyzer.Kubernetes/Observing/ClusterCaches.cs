using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Routing;
using CanaryAnalyzer.Kubernetes.Watching;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>All that the controller watches, each kind in its own cache.</summary>
public sealed class ClusterCaches : IClusterView
{
    private static readonly ResourceType[] Watched =
    [
        ResourceType.Rollouts, ResourceType.AnalysisRuns, ResourceType.AnalysisTemplates, ResourceType.ClusterAnalysisTemplates, ResourceType.PromotionPolicies,
        ResourceType.ReplicaSets, ResourceType.Deployments, ResourceType.Services, ResourceType.Namespaces,
        ResourceType.Pods, ResourceType.Experiments, .. TrafficRouters.Types.Select(t => t.Type),
    ];

    private static readonly ResourceType[] Dispensable = [ResourceType.Pods, ResourceType.Experiments];

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(100);
    private readonly Dictionary<string, ResourceCache> caches;

    /// <summary>Makes the caches; nothing is read before <see cref="RunAsync"/>.</summary>
    /// <param name="client">The API server.</param>
    /// <param name="inNamespace">The one namespace to watch; null for all.</param>
    /// <param name="time">The clock of back-offs.</param>
    /// <param name="logger">Where trouble is told.</param>
    public ClusterCaches(IResourceClient client, string? inNamespace, TimeProvider time, ILogger<ResourceCache> logger)
    {
        caches = Watched.ToDictionary(
            t => t.QualifiedName,
            t => new ResourceCache(client, TrafficRouters.Versions(t), Scope(t, inNamespace), time, logger, KeptParts.Of),
            StringComparer.Ordinal);

        // An installation in one namespace may lack the right to read what lies outside namespaces, and one whose role is older than this program that to read
        // pods or Experiments; it works without.
        Required = [.. caches.Values.Where(c => !Dispensable.Contains(c.Type) && (inNamespace is null || c.Type.Namespaced))];
    }

    /// <summary>All caches.</summary>
    public IReadOnlyCollection<ResourceCache> All => caches.Values;

    /// <summary>The caches without which nothing may be decided.</summary>
    public IReadOnlyList<ResourceCache> Required { get; }

    /// <summary>The cache of a kind.</summary>
    public ResourceCache Of(ResourceType type) => caches[type.QualifiedName];

    /// <summary>Watches until cancelled.</summary>
    /// <remarks>Ends with the first cache that breaks: to go on with one that stands still would be to decide on the past.</remarks>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var running = caches.Values.Select(c => c.RunAsync(cancellationToken)).ToList();
        await await Task.WhenAny(running);
        await Task.WhenAll(running);
    }

    /// <summary>Completes when everything that must be known is known.</summary>
    public async Task SyncedAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Required.Select(c => c.Synced)).WaitAsync(cancellationToken);
        foreach (var cache in caches.Values.Except(Required))
        {
            while (!cache.Synced.IsCompleted && cache.Failure is not { IsForbidden: true }) await Task.Delay(AskAgain, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ResourceType Served(ResourceType type) => Of(type).Type;

    /// <inheritdoc/>
    public JsonObject? Get(ResourceType type, ResourceKey key) => Of(type).Find(key)?.Json;

    /// <inheritdoc/>
    public IReadOnlyList<JsonObject> OwnedBy(ResourceType type, string ownerUid) => [.. Of(type).OwnedBy(ownerUid).Select(r => r.Json)];

    /// <inheritdoc/>
    public IReadOnlyList<JsonObject> WithoutController(ResourceType type, string inNamespace) => [.. Of(type).WithoutController(inNamespace).Select(r => r.Json)];

    /// <inheritdoc/>
    public IReadOnlyList<JsonObject> InNamespace(ResourceType type, string inNamespace) => [.. Of(type).All(inNamespace).Select(r => r.Json)];

    /// <inheritdoc/>
    public string? Version(ResourceType type, ResourceKey key) => Of(type).Find(key)?.ResourceVersion;

    /// <inheritdoc/>
    public IReadOnlyList<T> OwnedBy<T>(ResourceType type, string ownerUid, Func<JsonObject, T> read) => [.. Of(type).OwnedBy(ownerUid).Select(r => r.As(read))];

    /// <inheritdoc/>
    public IReadOnlyList<T> InNamespace<T>(ResourceType type, string inNamespace, Func<JsonObject, T> read) => [.. Of(type).All(inNamespace).Select(r => r.As(read))];

    private static ListOptions Scope(ResourceType type, string? inNamespace)
    {
        // The pods of Rollouts alone; a cluster has many others.
        if (type == ResourceType.Pods) return new ListOptions { Namespace = inNamespace, LabelSelector = Markers.PodHash };
        if (inNamespace is null) return ListOptions.All;
        if (type.Namespaced) return new ListOptions { Namespace = inNamespace };
        return type == ResourceType.Namespaces ? new ListOptions { FieldSelector = $"metadata.name={inNamespace}" } : ListOptions.All;
    }
}
