using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Applying;

/// <summary>Points Services at versions and releases them, by a conditional patch of the one label; the rest of the selector is the user's.</summary>
public sealed class ServiceApplier(IResourceClient client, IClusterView view)
{
    /// <summary>Takes the version out of a Service's selector, and the note of who manages it.</summary>
    /// <returns>The pod hash that was taken out; empty where there was none, null where nothing was to be done.</returns>
    /// <exception cref="ResourceException">The Service changed meanwhile, or the API server did not answer.</exception>
    public async Task<string?> ReleaseAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (view.Get(ResourceType.Services, key) is not { } service || service.IsDeleting()) return null;
        var operations = JsonPatches.If(service.ResourceVersion());
        operations.RemoveEntry(service.At("spec", "selector"), "/spec/selector", Markers.PodHash);
        operations.RemoveEntry(service.At("metadata", "annotations"), "/metadata/annotations", Markers.ManagedBy);
        if (operations.Count == 1) return null;
        await client.JsonPatchAsync(ResourceType.Services, key, operations, null, cancellationToken);
        return service.Text("spec", "selector", Markers.PodHash) ?? "";
    }

    internal async Task SelectAsync(Effect.SelectVersion effect, EffectTarget target, CancellationToken cancellationToken)
    {
        var key = new ResourceKey(target.Namespace, effect.Name);
        if (view.Get(ResourceType.Services, key) is not { } service) return;
        var operations = JsonPatches.If(service.ResourceVersion());
        operations.SetEntry(service.At("spec", "selector"), "/spec/selector", Markers.PodHash, effect.Hash);
        operations.SetEntry(service.At("metadata", "annotations"), "/metadata/annotations", Markers.ManagedBy, target.Owner.Name);
        await client.JsonPatchAsync(ResourceType.Services, key, operations, null, cancellationToken);
    }
}
