using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Fills in what a Rollout may leave out and its workload or its own versions say: the selector and the number of pods.</summary>
internal static class AbsentFields
{
    /// <summary>The Rollout as it is to be read.</summary>
    /// <param name="rollout">The Rollout as the API server has it; left as it is.</param>
    /// <param name="view">Where its workload and its ReplicaSets are.</param>
    /// <returns>A Rollout with both fields, and the number of pods where the stored one has none.</returns>
    public static (JsonObject Resource, int? UnsetReplicas) Fill(JsonObject rollout, IClusterView view)
    {
        if (rollout["spec"] is not JsonObject stored || (stored["replicas"] is not null && stored["selector"] is not null)) return (rollout, null);
        var workload = stored.Text("workloadRef", "kind") == ResourceType.Deployments.Kind && stored.Text("workloadRef", "name") is { } name
            ? view.Get(ResourceType.Deployments, new ResourceKey(rollout.Namespace(), name)) : null;
        var filled = (JsonObject)rollout.DeepClone();
        var spec = (JsonObject)filled["spec"]!;
        if (spec["selector"] is null && workload.At("spec", "selector") is JsonObject selector) spec["selector"] = selector.DeepClone();
        if (spec["replicas"] is not null) return (filled, null);
        var replicas = Replicas(rollout, workload, view);
        spec["replicas"] = replicas;
        return (filled, replicas);
    }

    // A field that was taken out of the manifest must not shrink what runs, nor a workload give up its pods to fewer.
    private static int Replicas(JsonObject rollout, JsonObject? workload, IClusterView view)
    {
        var noted = view.OwnedBy(ResourceType.ReplicaSets, rollout.Uid()).Where(set => set.Whole("spec", "replicas") > 0)
            .Select(set => ReplicaSetReader.Read(set, null).RolloutReplicas ?? 0).DefaultIfEmpty(0).Max();
        var asked = workload is null ? 0 : workload.Whole("spec", "replicas") ?? 1;
        return noted > 0 ? noted : Math.Max(1, asked);
    }
}
