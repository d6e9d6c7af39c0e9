using CanaryAnalyzer.Core.Rollouts.Decisions;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>Makes the wanted version the stable one, when it is fully up and nothing is left to do or a person asked for it.</summary>
internal static class PromotionRule
{
    public static void Apply(DecisionDraft draft)
    {
        if (draft.Status.IsFullyPromoted)
        {
            if (draft.Status.PromoteFull || draft.Status.Abort) draft.Status = draft.Status with { PromoteFull = false, Abort = false, AbortedAt = null };
            return;
        }

        if (draft.Current is not { } current || !CanaryFacts.CanCarryAll(draft) || Reason(draft) is not { } reason) return;
        var steps = draft.Canary.Steps.Length;
        draft.EndsRunsLater = true;
        draft.Status = draft.Status.LeaveSteps() with
        {
            StableHash = current.Hash,
            CurrentStepIndex = steps == 0 ? null : steps,
            PromoteFull = false,
            Abort = false,
            AbortedAt = null,
        };
        draft.Stable = current;
        draft.MadeProgress = true;
        draft.Tell("RolloutCompleted", $"Rollout completed update to revision {draft.Revision} ({current.Hash}): {reason}");
    }

    private static string? Reason(DecisionDraft draft)
    {
        if (draft.Stable is null) return draft.Status.StableHash.Length > 0 && draft.Status.Abort ? null : "Initial deploy";
        if (draft.IsAborted || draft.Spec.Paused || !draft.Status.PauseConditions.IsEmpty && !draft.Status.PromoteFull) return null;
        if (draft.Status.PromoteFull) return "Full promotion requested";
        var steps = draft.Canary.Steps.Length;
        if ((draft.Status.CurrentStepIndex ?? steps) < steps) return null;
        return $"Completed all {steps} canary steps";
    }
}
