using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;
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
            StepRun = Refresh(draft, draft.Status.StepRun),
            BackgroundRun = Refresh(draft, draft.Status.BackgroundRun),
        };
        if (draft.IsAborted || draft.Status.IsFullyPromoted) return;
        if (StepAt(draft) is CanaryStep.Analysis) Judge(draft, draft.Status.StepRun, "Step-based");
        if (!draft.IsAborted) Judge(draft, draft.Status.BackgroundRun, "Background");
    }

    /// <summary>The run that a status names, where it is there.</summary>
    public static AnalysisRunObservation? Find(DecisionDraft draft, AnalysisRunReference? reference) =>
        reference is null ? null : draft.Seen.Runs.FirstOrDefault(r => r.Name == reference.Name);

    /// <summary>The step that the status names; null past the last one.</summary>
    public static CanaryStep? StepAt(DecisionDraft draft) =>
        draft.Status.CurrentStepIndex is { } index && index < draft.Canary.Steps.Length ? draft.Canary.Steps[index] : null;

    /// <summary>A reference as the run is now, told where its phase changed; null where the run is gone.</summary>
    public static AnalysisRunReference? Refresh(DecisionDraft draft, AnalysisRunReference? reference)
    {
        if (Find(draft, reference) is not { } run) return null;
        if (run.Phase != reference!.Phase && run.Phase != AnalysisPhase.Pending)
        {
            var text = $"{run.Kind} Analysis Run '{run.Name}' Status New: '{run.Phase}' Previous: '{reference.Phase}'";
            if (run.Phase is AnalysisPhase.Running or AnalysisPhase.Successful) draft.Tell($"AnalysisRun{run.Phase}", text);
            else draft.Warn($"AnalysisRun{run.Phase}", text);
        }

        return new AnalysisRunReference(run.Name, run.Phase, run.Message);
    }

    // A person's promote in the middle of a step leads to another one, with which this run has nothing to do.
    private static void ForgetOtherSteps(DecisionDraft draft)
    {
        if (Find(draft, draft.Status.StepRun) is not { } run) return;
        var kind = StepAt(draft) switch
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
        var isStep = status.StepRun?.Phase == AnalysisPhase.Inconclusive && StepAt(draft) is CanaryStep.Analysis;
        var isBackground = status.BackgroundRun?.Phase == AnalysisPhase.Inconclusive;
        if (!isStep && !isBackground) return;
        draft.Status = status with
        {
            StepRun = isStep ? null : status.StepRun,
            BackgroundRun = isBackground ? null : status.BackgroundRun,
            ControllerPause = status.ControllerPause && StepAt(draft) is CanaryStep.Pause,
        };
    }

    private static void Judge(DecisionDraft draft, AnalysisRunReference? run, string kind)
    {
        if (run?.Phase is AnalysisPhase.Failed or AnalysisPhase.Error)
        {
            AbortRule.Abort(draft, $"{kind} analysis phase error/failed" + (run.Message.Length > 0 ? $": {run.Message}" : ""), "analysis");
            return;
        }

        if (run?.Phase == AnalysisPhase.Inconclusive && !draft.IsHalted) Halt(draft);
    }

    /// <summary>Holds the update until a person decides.</summary>
    public static void Halt(DecisionDraft draft)
    {
        draft.Status = draft.Status with
        {
            PauseConditions = draft.Status.PauseConditions.Add(new PauseCondition(PauseCondition.InconclusiveAnalysis, draft.Stamp)),
            ControllerPause = true,
        };
        draft.Tell("RolloutPaused", $"Rollout is paused ({PauseCondition.InconclusiveAnalysis})");
    }
}
