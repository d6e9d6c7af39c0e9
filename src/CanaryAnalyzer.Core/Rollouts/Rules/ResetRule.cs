using CanaryAnalyzer.Core.Rollouts.Decisions;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Begins anew when the template or the steps differ from those of the last pass; skips the steps on the way back to the stable version.</summary>
internal static class ResetRule
{
    public static void Apply(DecisionDraft draft)
    {
        var wantedHash = draft.Current?.Hash ?? draft.Seen.Template!.Hash;
        var status = draft.Status;
        var isNewVersion = status.CurrentPodHash != wantedHash;
        if (!isNewVersion && status.CurrentStepHash == draft.Seen.StepHash)
        {
            ClampStep(draft);
            return;
        }

        var steps = draft.Spec.Strategy.StepCount;
        var isBack = wantedHash == status.StableHash;
        draft.IsNewVersion = isNewVersion;
        draft.MadeProgress = true;
        draft.Status = status.LeaveSteps() with
        {
            CurrentPodHash = wantedHash,
            CurrentStepHash = draft.Seen.StepHash,
            CurrentStepIndex = steps == 0 ? null : isBack ? steps : 0,
            Abort = false,
            AbortedAt = null,
            PromoteFull = false,
            Release = isNewVersion ? null : status.Release,
        };
        if (!isNewVersion) return;
        draft.Tell("RolloutUpdated", $"Rollout updated to revision {draft.Revision}");
        if (isBack && status.CurrentPodHash.Length > 0) draft.Tell("SkipSteps", "Rollback to stable ReplicaSets");
    }

    private static void ClampStep(DecisionDraft draft)
    {
        var steps = draft.Spec.Strategy.StepCount;
        var index = draft.Status.CurrentStepIndex;
        var wanted = steps == 0 ? (int?)null : Math.Clamp(index ?? (draft.Status.IsFullyPromoted ? steps : 0), 0, steps);
        if (wanted != index) draft.Status = draft.Status with { CurrentStepIndex = wanted };
    }
}
