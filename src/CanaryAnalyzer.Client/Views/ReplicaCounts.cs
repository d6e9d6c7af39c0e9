using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Client.Views;

/// <summary>A Rollout's numbers of pods.</summary>
public sealed record ReplicaCounts(int Desired, int Current, int Updated, int Ready, int Available)
{
    /// <summary>Reads them.</summary>
    public static ReplicaCounts Of(JsonObject rollout)
    {
        var status = rollout["status"];
        return new ReplicaCounts(
            rollout.Whole("spec", "replicas") ?? 1,
            status.Whole("replicas") ?? 0,
            status.Whole("updatedReplicas") ?? 0,
            status.Whole("readyReplicas") ?? 0,
            status.Whole("availableReplicas") ?? 0);
    }
}
