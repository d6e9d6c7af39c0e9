using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Applying;

/// <summary>Points Services at versions, by a conditional patch of the one label; the rest of the selector is the user's.</summary>
internal sealed class ServiceApplier(IResourceClient client, IClusterView view)
{
    public async Task SelectAsync(Effect.SelectVersion effect, RolloutTarget rollout, CancellationToken cancellationToken)
    {
        var key = new ResourceKey(rollout.Namespace, effect.Name);
        if (view.Get(ResourceType.Services, key) is not { } service) return;
        var operations = JsonPatches.If(service.ResourceVersion());
        operations.SetEntry(service.At("spec", "selector"), "/spec/selector", Markers.PodHash, effect.Hash);
        operations.SetEntry(service.At("metadata", "annotations"), "/metadata/annotations", Markers.ManagedBy, rollout.Name);
        await client.JsonPatchAsync(ResourceType.Services, key, operations, null, cancellationToken);
    }
}
