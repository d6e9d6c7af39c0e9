using System.Globalization;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Applying;

/// <summary>Sizes the referenced workload, and writes size and revision into the Rollout itself.</summary>
internal sealed class WorkloadApplier(IResourceClient client, IClusterView view)
{
    public async Task ScaleAsync(Effect.ScaleWorkload effect, string inNamespace, CancellationToken cancellationToken)
    {
        var key = new ResourceKey(inNamespace, effect.Name);
        if (view.Get(ResourceType.Deployments, key) is not { } workload) return;
        var operations = JsonPatches.If(workload.ResourceVersion());
        operations.Add(JsonPatches.Operation("add", "/spec/replicas", effect.Replicas));
        await client.JsonPatchAsync(ResourceType.Deployments, key, operations, null, cancellationToken);
    }

    /// <summary>Writes the number of pods into the Rollout's spec and returns the version of the Rollout that came of it.</summary>
    public async Task<string> SetReplicasAsync(Effect.SetReplicas effect, RolloutTarget rollout, string version, CancellationToken cancellationToken)
    {
        var operations = JsonPatches.If(version);
        operations.Add(JsonPatches.Operation("add", "/spec/replicas", effect.Replicas));
        var answer = await client.JsonPatchAsync(ResourceType.Rollouts, new ResourceKey(rollout.Namespace, rollout.Name), operations, null, cancellationToken);
        return answer.ResourceVersion();
    }

    /// <summary>Writes the revision into the Rollout's annotations and returns the version of the Rollout that came of it.</summary>
    public async Task<string> AnnotateAsync(Effect.AnnotateRevision effect, RolloutTarget rollout, string version, CancellationToken cancellationToken)
    {
        var operations = JsonPatches.If(version);
        operations.SetEntry(
            rollout.Resource.At("metadata", "annotations"), "/metadata/annotations", Markers.Revision, effect.Revision.ToString(CultureInfo.InvariantCulture));
        var answer = await client.JsonPatchAsync(ResourceType.Rollouts, new ResourceKey(rollout.Namespace, rollout.Name), operations, null, cancellationToken);
        return answer.ResourceVersion();
    }
}
