using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Takes down the referenced workload's own pods once the Rollout's carry the traffic, whenever and however often they come back.</summary>
internal static class WorkloadRule
{
    public static void Apply(DecisionDraft draft)
    {
        if (draft.Seen.Workload is not { } workload) return;
        draft.Status = draft.Status with { WorkloadObservedGeneration = $"{workload.Generation}" };
        var mode = draft.Spec.Workload?.ScaleDown ?? ScaleDownMode.Never;
        if (mode == ScaleDownMode.Never || Target(draft, workload, mode) is not { } target || target == workload.Replicas) return;
        draft.Do(new Effect.ScaleWorkload(workload.Name, target));
        draft.Tell("ScalingWorkload", $"Scaled Deployment {workload.Name} from {workload.Replicas} to {target}");
    }

    private static int? Target(DecisionDraft draft, WorkloadObservation workload, ScaleDownMode mode)
    {
        var all = draft.Spec.Replicas;
        if (all == 0) return null;
        if (draft.Status.StableHash.Length > 0)
            return draft.Stable is { } stable && stable.Available >= all && draft.Seen.StableService?.SelectedHash == stable.Hash ? 0 : null;
        if (mode != ScaleDownMode.Progressively || workload.Replicas == 0) return null;
        return IsStuck(draft) ? all : Math.Clamp(all - (draft.Current?.Available ?? 0), 0, workload.Replicas);
    }

    private static bool IsStuck(DecisionDraft draft) => draft.Status.Abort || ProgressRule.IsExceeded(draft.Status);
}
