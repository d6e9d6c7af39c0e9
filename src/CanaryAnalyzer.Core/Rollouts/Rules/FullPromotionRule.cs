using CanaryAnalyzer.Core.Rollouts.Decisions;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Takes over a person's wish for the full promotion: no step, pause, analysis or earlier abort stands in its way any more.</summary>
internal static class FullPromotionRule
{
    public static void Apply(DecisionDraft draft)
    {
        var status = draft.Status;
        if (!status.PromoteFull || status.IsFullyPromoted) return;
        int? end = draft.Spec.Strategy.StepCount == 0 ? null : draft.Spec.Strategy.StepCount;
        draft.MadeProgress |= status.Abort || status.CurrentStepIndex != end;
        draft.Status = status.LeaveSteps() with
        {
            Abort = false,
            AbortedAt = null,
            CurrentStepIndex = end,
        };
    }
}
