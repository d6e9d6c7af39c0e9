using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>An update that an analysis stopped without aborting it.</summary>
internal static class UpdateHalt
{
    /// <summary>Holds the update until a person decides.</summary>
    public static void Begin(DecisionDraft draft)
    {
        draft.Status = draft.Status with
        {
            PauseConditions = draft.Status.PauseConditions.Add(new PauseCondition(PauseCondition.InconclusiveAnalysis, draft.Stamp)),
            ControllerPause = true,
        };
        draft.Tell("RolloutPaused", $"Rollout is paused ({PauseCondition.InconclusiveAnalysis})");
    }
}
