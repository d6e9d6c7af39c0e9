using System.Net;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Applying;

/// <summary>Makes a Rollout the owner of ReplicaSets, and ends that, by conditional patches of the owner references alone.</summary>
internal sealed class ClaimApplier(IResourceClient client, IClusterView view, ClaimRefusals refusals)
{
    public async Task AdoptAsync(Effect.AdoptReplicaSet effect, RolloutTarget rollout, CancellationToken cancellationToken)
    {
        if (Find(effect.Name, rollout) is not { } set || Ownership.ControllerOf(set) is not null) return;
        await CheckAsync(rollout, cancellationToken);
        var owner = Ownership.ReferenceTo(rollout.Owner.Owner);
        var operations = Begin(set);
        if (set.At("metadata", "ownerReferences") is JsonArray) operations.Add(JsonPatches.Operation("add", "/metadata/ownerReferences/-", owner));
        else operations.Add(JsonPatches.Operation("add", "/metadata/ownerReferences", new JsonArray(owner)));
        await PatchAsync(set, rollout, operations, cancellationToken);
    }

    public async Task ReleaseAsync(Effect.ReleaseReplicaSet effect, RolloutTarget rollout, CancellationToken cancellationToken)
    {
        if (Find(effect.Name, rollout) is not { } set) return;
        var place = set.Objects("metadata", "ownerReferences").Select(o => o.Text("uid")).ToList().IndexOf(rollout.Uid);
        if (place < 0) return;
        var operations = Begin(set);
        operations.Add(JsonPatches.Removal($"/metadata/ownerReferences/{place}"));
        await PatchAsync(set, rollout, operations, cancellationToken);
    }

    // Nothing else of a Rollout waits for what may not be claimed.
    private async Task PatchAsync(JsonObject set, RolloutTarget rollout, JsonArray operations, CancellationToken cancellationToken)
    {
        var key = new ResourceKey(rollout.Namespace, set.Name());
        try
        {
            await client.JsonPatchAsync(ResourceType.ReplicaSets, key, operations, null, cancellationToken);
        }
        catch (ResourceException exception) when (exception.IsForbidden || exception.IsInvalid)
        {
            // A patch that no longer fits what somebody changed is no refusal.
            if ((await client.GetAsync(ResourceType.ReplicaSets, key, cancellationToken))?.ResourceVersion() != set.ResourceVersion()) throw;
            refusals.Add(rollout.Uid, key.Name, exception.Message);
        }
    }

    private JsonObject? Find(string name, RolloutTarget rollout) =>
        view.Get(ResourceType.ReplicaSets, new ResourceKey(rollout.Namespace, name)) is { } set && !set.IsDeleting() ? set : null;

    private static JsonArray Begin(JsonObject set)
    {
        var operations = JsonPatches.If(set.ResourceVersion());
        operations.Add(JsonPatches.Operation("test", "/metadata/uid", set.Uid()));
        return operations;
    }

    // A deletion that orphans takes the references off the ReplicaSets before it takes the Rollout away, and the cache of ReplicaSets may know of that first. What
    // was adopted then would be collected with the Rollout.
    private async Task CheckAsync(RolloutTarget rollout, CancellationToken cancellationToken)
    {
        var present = await client.GetAsync(ResourceType.Rollouts, new ResourceKey(rollout.Namespace, rollout.Name), cancellationToken);
        if (present is null || present.Uid() != rollout.Uid || present.IsDeleting())
            throw new ResourceException(HttpStatusCode.Conflict, "Conflict", $"Rollout {rollout.Name} is being deleted and adopts nothing");
    }
}
