using CanaryAnalyzer.Core.Gates;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Rules;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>Begins a pause, and says when it is over: by a person, by its time, or by the judge.</summary>
internal static class PauseRule
{
    public static bool IsOver(DecisionDraft draft, CanaryStep.Pause pause, int index)
    {
        var condition = draft.Status.PauseConditions.FirstOrDefault(p => p.Reason == PauseCondition.CanaryPauseStep);
        if (condition is null)
        {
            if (draft.IsHalted) return false;
            if (draft.Status.ControllerPause) return !draft.Spec.Paused;
            if (draft.Spec.Paused) return false;
            condition = new PauseCondition(PauseCondition.CanaryPauseStep, draft.Stamp);
            draft.Status = draft.Status with { PauseConditions = draft.Status.PauseConditions.Add(condition), ControllerPause = true };
            draft.Tell("RolloutPaused", $"Rollout is paused ({PauseCondition.CanaryPauseStep})");
        }

        var isLast = !draft.Canary.Steps.Skip(index + 1).OfType<CanaryStep.Pause>().Any();
        var answer = GateRule.Apply(draft, new PauseFacts(index, condition.StartTime, pause.Duration, isLast));
        if (answer.Outcome != GateOutcome.Ungated) return answer.Outcome == GateOutcome.Promote;
        if (pause.Duration is not { } duration || draft.Spec.Paused || draft.IsHalted) return false;
        var end = (answer.PauseBegunAt ?? condition.StartTime) + duration;
        if (end <= draft.Now) return true;
        draft.LookAgain(end);
        return false;
    }
}
