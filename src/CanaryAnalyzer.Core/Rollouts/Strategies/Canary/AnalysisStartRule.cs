using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Rules;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>Begins the runs of analysis steps and beside the steps.</summary>
internal static class AnalysisStartRule
{
    public static void Apply(DecisionDraft draft)
    {
        var isUpdating = draft is { IsAborted: false, Status: { IsFullyPromoted: false, PromoteFull: false }, Stable: not null, Current: not null };
        if (isUpdating && draft is { Spec.Paused: false, IsHalted: false }) Begin(draft);
    }

    private static void Begin(DecisionDraft draft)
    {
        var steps = draft.Canary.Steps;
        var index = draft.StepAtWork;
        if (draft.Canary.Background is { } background && draft.Status.BackgroundRun is null && index >= background.StartingStep
            && background.StartingStep < Math.Max(steps.Length, 1))
        {
            var wanted = RunRule.Wanted(draft, background.Analysis, AnalysisRunKind.Background, null);
            draft.Status = draft.Status with { BackgroundRun = RunRule.AdoptOrCreate(draft, wanted) };
        }

        if (index < steps.Length && steps[index] is CanaryStep.Analysis step && draft is { Status.StepRun: null, FinishedStep: null })
            draft.Status = draft.Status with { StepRun = RunRule.AdoptOrCreate(draft, RunRule.Wanted(draft, step.Run, AnalysisRunKind.Step, index)) };
    }
}
