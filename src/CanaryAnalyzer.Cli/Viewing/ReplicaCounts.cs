using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Cli.Viewing;

/// <summary>A Rollout's numbers of pods.</summary>
internal sealed record ReplicaCounts(int Desired, int Current, int Updated, int Ready, int Available)
{
    public static ReplicaCounts Of(JsonObject rollout)
    {
        var status = rollout["status"];
        return new ReplicaCounts(
            rollout.Number("spec", "replicas") ?? 1,
            status.Number("replicas") ?? 0,
            status.Number("updatedReplicas") ?? 0,
            status.Number("readyReplicas") ?? 0,
            status.Number("availableReplicas") ?? 0);
    }
}
