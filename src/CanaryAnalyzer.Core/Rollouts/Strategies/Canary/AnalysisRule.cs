using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Rules;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>Follows the runs of analysis steps and beside the steps: failure aborts, no result pauses. Judged pauses are the gate's.</summary>
internal static class AnalysisRule
{
    public static void Apply(DecisionDraft draft)
    {
        ForgetAfterResume(draft);
        ForgetOtherSteps(draft);
        draft.Status = draft.Status with
        {
            StepRun = FollowedRun.Refresh(draft, draft.Status.StepRun),
            BackgroundRun = FollowedRun.Refresh(draft, draft.Status.BackgroundRun),
        };
        if (draft.IsAborted || draft.Status.IsFullyPromoted) return;
        if (draft.Step is CanaryStep.Analysis) Judge(draft, draft.Status.StepRun, "Step-based");
        if (!draft.IsAborted) Judge(draft, draft.Status.BackgroundRun, "Background");
    }

    // A person's promote in the middle of a step leads to another one, with which this run has nothing to do.
    private static void ForgetOtherSteps(DecisionDraft draft)
    {
        if (FollowedRun.Find(draft, draft.Status.StepRun) is not { } run) return;
        var kind = draft.Step switch
        {
            CanaryStep.Analysis => AnalysisRunKind.Step,
            CanaryStep.Pause => AnalysisRunKind.Pause,
            _ => AnalysisRunKind.Other,
        };
        if (run.Kind != kind || run.StepIndex != draft.Status.CurrentStepIndex) draft.Status = draft.Status with { StepRun = null };
    }

    // A person who resumed after an inconclusive run wants it measured again, by whatever command the pause was lifted.
    private static void ForgetAfterResume(DecisionDraft draft)
    {
        var status = draft.Status;
        var wasPaused = status.ControllerPause || status.Condition(ConditionTypes.Paused) is { IsTrue: true };
        if (!wasPaused || !status.PauseConditions.IsEmpty) return;
        var isStep = status.StepRun?.Phase == AnalysisPhase.Inconclusive && draft.Step is CanaryStep.Analysis;
        var isBackground = status.BackgroundRun?.Phase == AnalysisPhase.Inconclusive;
        if (!isStep && !isBackground) return;
        draft.Status = status with
        {
            StepRun = isStep ? null : status.StepRun,
            BackgroundRun = isBackground ? null : status.BackgroundRun,
            ControllerPause = status.ControllerPause && draft.Step is CanaryStep.Pause,
        };
    }

    private static void Judge(DecisionDraft draft, AnalysisRunReference? run, string kind)
    {
        if (run?.Phase is AnalysisPhase.Failed or AnalysisPhase.Error)
        {
            AbortRule.Abort(draft, $"{kind} analysis phase error/failed" + (run.Message.Length > 0 ? $": {run.Message}" : ""), "analysis");
            return;
        }

        if (run?.Phase == AnalysisPhase.Inconclusive && !draft.IsHalted) UpdateHalt.Begin(draft);
    }
}
