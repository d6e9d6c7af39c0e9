using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Rollouts.Decisions;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>Finishes the step at work where it is done; one step a pass of the rules.</summary>
internal static class StepRule
{
    public static void Apply(DecisionDraft draft)
    {
        if (draft.IsAborted || draft.Status.IsFullyPromoted || draft.Stable is null || draft.Current is null || draft.Status.PromoteFull) return;
        var steps = draft.Canary.Steps;
        if (draft.Status.CurrentStepIndex is not { } index || index >= steps.Length) return;
        var step = steps[index];
        if (step is not CanaryStep.Pause && draft.Status.ControllerPause && draft.Status.PauseConditions.IsEmpty)
            draft.Status = draft.Status with { ControllerPause = false };
        var isHeld = draft.Spec.Paused || draft.IsHalted;
        var isDone = step switch
        {
            CanaryStep.SetWeight set => !isHeld && IsWeightSet(draft, set.Weight),
            CanaryStep.Pause pause => PauseRule.IsOver(draft, pause, index),
            CanaryStep.Analysis => !isHeld && draft.Status.StepRun?.Phase == AnalysisPhase.Successful,
            _ => false,
        };
        if (isDone && !draft.IsAborted) Finish(draft, step, index);
    }

    private static bool IsWeightSet(DecisionDraft draft, int weight) =>
        CanaryFacts.IsStepReady(draft) && (draft.Spec.Replicas == 0 || draft.Seen.Routes.All(r => r.Carries(weight) && r.IsAccepted));

    private static void Finish(DecisionDraft draft, CanaryStep step, int index)
    {
        var isPause = step is CanaryStep.Pause;
        var status = draft.Status.LeaveStep() with { CurrentStepIndex = index + 1 };
        draft.Status = isPause ? status : status with { PauseConditions = draft.Status.PauseConditions, ControllerPause = draft.Status.ControllerPause };
        draft.FinishedStep = index;
        draft.MadeProgress = true;
        draft.Tell("RolloutStepCompleted", $"Rollout step {index + 1}/{draft.Canary.Steps.Length} completed ({step.Describe()})");
        if (isPause) draft.Tell("RolloutResumed", "Rollout is resumed");
        draft.LookAgain(draft.Now);
    }
}
