using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Applying;
using CanaryAnalyzer.Kubernetes.Events;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Watching;
using CanaryAnalyzer.Service.Loop;

namespace CanaryAnalyzer.Service.Reconciling.Services;

/// <summary>Releases Services that a Rollout pointed at a version and left so, since it is gone or names others.</summary>
internal sealed class ServiceReconciler(ClusterCaches caches, IResourceClient client, ServiceApplier applier, IOwnership ownership, IEventRecorder events, TimeProvider time) : IReconciler
{
    private static readonly TimeSpan ForeignWait = TimeSpan.FromSeconds(5);

    public string Kind => "Service";

    public async Task<PassOutcome> ReconcileAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (caches.Of(ResourceType.Services).IsBehind(key)) return new PassOutcome.Behind([new WrittenObject(ResourceType.Services, key)]);
        if (caches.Get(ResourceType.Services, key) is not { } service || !ServiceManagers.IsAbandoned(service, caches)) return new PassOutcome.Settled();

        // Where the kind Rollout itself is missing nothing is known of any of them.
        if (caches.Of(ResourceType.Rollouts).State != CacheState.Synced || ownership.ForeignHolder() is not null)
            return new PassOutcome.LookAgain(time.GetUtcNow() + ForeignWait);
        var manager = service.Annotations()[Markers.ManagedBy];
        if (await IsManagedAsync(key, manager, cancellationToken)) return new PassOutcome.LookAgain(time.GetUtcNow() + ForeignWait);
        if (await applier.ReleaseAsync(key, cancellationToken) is not { } hash) return new PassOutcome.Settled();
        var message = $"Service {key.Name} selects pods of all versions again, no longer {hash} alone: Rollout {manager} is gone, or names other Services";
        events.Record(service, EventType.Normal, "ServiceReleased", message);
        return new PassOutcome.Settled();
    }

    // A cache whose watch fails does not know of a Rollout that came meanwhile.
    private async Task<bool> IsManagedAsync(ResourceKey service, string manager, CancellationToken cancellationToken) =>
        await client.GetAsync(ResourceType.Rollouts, new ResourceKey(service.Namespace, manager), cancellationToken) is { } rollout
            && ServiceManagers.NamedBy(rollout).Contains(service.Name, StringComparer.Ordinal);
}
