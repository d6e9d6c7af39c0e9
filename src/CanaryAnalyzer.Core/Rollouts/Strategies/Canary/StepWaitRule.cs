using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Rules;
using CanaryAnalyzer.Core.Rollouts.Waits;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>Names what the step at work waits for.</summary>
internal static class StepWaitRule
{
    public static void Apply(DecisionDraft draft) => draft.StepWait = Of(draft);

    private static Wait? Of(DecisionDraft draft)
    {
        if (draft.FinishedStep is not null || draft.Current is not { } current) return null;
        var isStepping = draft is { Stable: not null, Status: { IsFullyPromoted: false, PromoteFull: false } };
        return (isStepping ? draft.Step : null) switch
        {
            CanaryStep.Pause pause => PauseWaits.Of(draft, pause),
            CanaryStep.SetWeight set => Weight(draft, current, set.Weight),
            CanaryStep.Analysis when draft.Status.StepRun is { } run => new Wait(WaitReason.AnalysisRunning, $"AnalysisRun {run.Name} of step {draft.StepName}, which is {run.Phase}"),
            CanaryStep.Analysis => null,
            _ => WaitRule.Pods(draft, current, draft.Spec.Replicas),
        };
    }

    private static Wait? Weight(DecisionDraft draft, ReplicaSetObservation current, int weight)
    {
        var (all, target) = draft.Allocate().Goal;
        var stable = draft.Stable!;
        if (stable != current && (stable.Desired != all || stable.Created != all) && WaitRule.Pods(draft, stable, all) is { } unmade) return unmade;
        if (!CanaryFacts.CanCarryStep(draft) && WaitRule.Pods(draft, current, target) is { } missing) return missing;
        if (all > 0 && Traffic(draft, current, stable, weight) is { } traffic) return traffic;
        return WaitRule.Pods(draft, current, target);
    }

    private static Wait? Traffic(DecisionDraft draft, ReplicaSetObservation current, ReplicaSetObservation stable, int weight)
    {
        var refused = draft.Seen.Routes.FirstOrDefault(r => !r.IsAccepted);
        var report = refused is { Complaint.Length: > 0 } ? refused.Complaint : refused?.Pending;
        var unaccepted = refused is null ? null : new Wait(WaitReason.RouteNotAccepted, $"{refused.Reference.Kind} {refused.Reference.Name}: {report}");
        if (draft.Seen.Routes.All(r => r.Carries(weight))) return unaccepted;
        if (stable.Available < draft.Spec.Replicas && WaitRule.Pods(draft, stable, draft.Spec.Replicas) is { } lacking) return lacking;
        if (unaccepted is not null) return unaccepted;
        foreach (var (service, version) in new[] { (draft.Seen.StableService, stable), (draft.Seen.CanaryService, current) })
        {
            if (service is null || ServiceRule.Selected(draft, service) == version.Hash) continue;
            var pods = version.Available < version.Desired ? $", which has {version.Available} of {version.Desired} pods available" : "";
            return new Wait(WaitReason.ServiceNotSwitched, $"Service {service.Name} to select {version.Hash}{pods}; it selects {(service.SelectedHash.Length > 0 ? service.SelectedHash : "other pods")}");
        }

        return null;
    }
}
