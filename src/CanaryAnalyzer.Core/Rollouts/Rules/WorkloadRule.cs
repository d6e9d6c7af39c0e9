using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Takes down the referenced workload's own pods once the Rollout's carry the traffic, whenever and however often they come back.</summary>
internal static class WorkloadRule
{
    public static void Apply(DecisionDraft draft)
    {
        if (!DeletionRule.MustRestore(draft.Spec) && draft.Seen.Identity.HasFinalizer) draft.Do(new Effect.RemoveFinalizer());
        if (draft.Seen.Workload is not { } workload) return;
        draft.Status = draft.Status with { WorkloadObservedGeneration = $"{workload.Generation}" };
        var mode = draft.Spec.Workload?.ScaleDown ?? ScaleDownMode.Never;
        var wanted = mode == ScaleDownMode.Never ? null : Target(draft, workload, mode);
        if (mode != ScaleDownMode.Never) Guard(draft, workload, wanted);
        var isServing = mode != ScaleDownMode.Never && workload.Replicas > 0 && draft.Status.StableHash.Length > 0;
        var isDelayed = isServing && wanted == 0 && IsDelayed(draft, workload);

        // Kept while the Rollout's pods are short for a moment: that does not restart the delay.
        if (!isServing || (wanted == 0 && !isDelayed)) ConditionRule.Drop(draft, ConditionTypes.WorkloadScaleDownDelayed);
        if (isDelayed || wanted is not { } target || target == workload.Replicas) return;
        draft.Do(new Effect.ScaleWorkload(workload.Name, target));
        draft.Tell("ScalingWorkload", $"Scaled Deployment {workload.Name} from {workload.Replicas} to {target}");
    }

    // Gateways and nodes learn a moment after the Services that the workload's pods get nothing any more.
    private static bool IsDelayed(DecisionDraft draft, WorkloadObservation workload)
    {
        var delay = draft.Spec.Strategy.ScaleDownDelay;
        var end = (draft.Status.Condition(ConditionTypes.WorkloadScaleDownDelayed)?.LastTransitionTime ?? draft.Stamp) + delay;
        if (delay == TimeSpan.Zero || end <= draft.Now) return false;
        var message = $"Deployment {workload.Name} keeps its pods for {delay.TotalSeconds:0}s after the Services selected the Rollout's";
        draft.Status = ConditionRule.With(draft.Status, ConditionTypes.WorkloadScaleDownDelayed, "True", "ScaleDownDelay", message, draft.Stamp);
        draft.LookAgain(end);
        return true;
    }

    // Before the workload's pods go, since those that are left are the Rollout's, and go with it.
    private static void Guard(DecisionDraft draft, WorkloadObservation workload, int? target)
    {
        var isBelow = (target ?? workload.Replicas) < draft.Spec.Replicas && (target < workload.Replicas || draft.Status.StableHash.Length > 0);
        if (isBelow && !draft.Seen.Identity.HasFinalizer) draft.Do(new Effect.AddFinalizer());
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
