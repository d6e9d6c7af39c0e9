using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Applying;

/// <summary>Holds back the deletion of a Rollout, and lets it go; other finalizers are other people's.</summary>
internal sealed class FinalizerApplier(IResourceClient client)
{
    /// <summary>Adds the finalizer where it is missing and returns the version of the Rollout that came of it.</summary>
    public async Task<string> AddAsync(RolloutTarget rollout, string version, CancellationToken cancellationToken)
    {
        if (Place(rollout) >= 0) return version;
        var operations = JsonPatches.If(version);
        if (rollout.Resource.At("metadata", "finalizers") is JsonArray) operations.Add(JsonPatches.Operation("add", "/metadata/finalizers/-", rollout.Finalizer.Name));
        else operations.Add(JsonPatches.Operation("add", "/metadata/finalizers", new JsonArray(rollout.Finalizer.Name)));
        return await PatchAsync(rollout, operations, cancellationToken);
    }

    /// <summary>Removes the finalizer where it is and returns the version of the Rollout that came of it; one that was being deleted may be gone then.</summary>
    public async Task<string> RemoveAsync(RolloutTarget rollout, string version, CancellationToken cancellationToken)
    {
        var place = Place(rollout);
        if (place < 0) return version;
        var operations = JsonPatches.If(version);
        operations.Add(JsonPatches.Removal($"/metadata/finalizers/{place}"));
        try
        {
            return await PatchAsync(rollout, operations, cancellationToken);
        }
        catch (ResourceException exception) when (exception.IsNotFound)
        {
            // Somebody else let it go.
            return version;
        }
    }

    private async Task<string> PatchAsync(RolloutTarget rollout, JsonArray operations, CancellationToken cancellationToken) =>
        (await client.JsonPatchAsync(ResourceType.Rollouts, new ResourceKey(rollout.Namespace, rollout.Name), operations, null, cancellationToken)).ResourceVersion();

    private static int Place(RolloutTarget rollout)
    {
        var finalizers = rollout.Resource.At("metadata", "finalizers") as JsonArray ?? [];
        return finalizers.Select(f => f?.ToString()).ToList().IndexOf(rollout.Finalizer.Name);
    }
}
