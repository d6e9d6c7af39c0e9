using CanaryAnalyzer.Core.Gates;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Rules;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Rollouts.Waits;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>Names what a pause waits for.</summary>
internal static class PauseWaits
{
    public static Wait? Of(DecisionDraft draft, CanaryStep.Pause pause)
    {
        var begun = draft.Status.PauseConditions.FirstOrDefault(p => p.Reason == PauseCondition.CanaryPauseStep);
        if (begun is null) return null;
        if (draft.PolicyProblem is { } problem && draft.Status.Gate is { Observes: false, Policy: "" })
            return new Wait(problem.Reason == GateProblem.Conflict ? WaitReason.PolicyConflict : WaitReason.PolicyInvalid, $"a user: {problem.Message}");
        if (draft.Status.Gate is { Observes: false } gate) return Judged(draft, gate);
        var step = draft.StepName;
        return pause.Duration is { } duration
            ? new Wait(WaitReason.PauseNotOver, $"the pause of step {step} to end at {KubernetesTime.Format(begun.StartTime + duration)}")
            : new Wait(WaitReason.ManualPause, $"a user to promote step {step}");
    }

    private static Wait Judged(DecisionDraft draft, GateStatus gate)
    {
        var (step, run) = (draft.StepName, draft.Status.StepRun?.Name ?? "");
        return gate.WaitingReason switch
        {
            "" => new Wait(WaitReason.CollectingData, $"AnalysisRun {run} of PromotionPolicy {gate.Policy} to decide step {step}, undecided at the latest at {gate.Deadline:yyyy-MM-ddTHH:mm:ssZ}"),
            "namespaceHeld" => new Wait(WaitReason.NamespaceHeld, $"the hold of namespace {draft.Seen.Identity.Namespace} to end{WaitRule.Safe(draft)}"),
            "policySuspended" => new Wait(WaitReason.PolicySuspended, $"PromotionPolicy {gate.Policy} to be resumed{WaitRule.Safe(draft)}"),
            "onSuccessful" or "onFailed" => new Wait(WaitReason.PolicyWaits, $"a user to decide step {step}: PromotionPolicy {gate.Policy} says {gate.WaitingReason}: Wait"),
            "noData" => new Wait(WaitReason.NoData, $"data, or a user to decide step {step}: AnalysisRun {run} has none"),
            "queryError" => new Wait(WaitReason.QueryError, $"data, or a user to decide step {step}: the queries of AnalysisRun {run} fail or have no answer"),
            _ => new Wait(WaitReason.Undecided, $"more evidence, or a user to decide step {step}: AnalysisRun {run} is undecided ({gate.WaitingReason})"),
        };
    }
}
