using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Rollouts.Strategies.Canary;
using CanaryAnalyzer.Core.Rollouts.Waits;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Names what a release that is in progress waits for: in its message, in the condition Waiting, and by an event once it has lasted.</summary>
internal static class WaitRule
{
    public static void Apply(DecisionDraft draft)
    {
        draft.Wait = Of(draft);
        if (draft.Wait is not { } wait)
        {
            draft.Status = draft.Status with { Conditions = draft.Status.Conditions.RemoveAll(c => c.Type == ConditionTypes.Waiting) };
            return;
        }

        var message = $"Waiting for {wait.Sentence}";
        var isTold = WaitCatalog.Of(wait.Reason).IsTold;
        if (LastingCondition.Set(draft, ConditionTypes.Waiting, $"{wait.Reason}", message, isTold) && isTold) draft.Tell(ConditionTypes.Waiting, message);
    }

    private static Wait? Of(DecisionDraft draft)
    {
        if (draft.IsAborted) return null;
        var isUp = draft.Status.IsFullyPromoted && draft.Status.UpdatedReplicas >= draft.Spec.Replicas && draft.Status.AvailableReplicas >= draft.Status.UpdatedReplicas;
        if (isUp && !draft.Spec.Paused && draft.Status.PauseConditions.IsEmpty) return null;
        return Halted(draft) ?? Step(draft) ?? new Wait(WaitReason.Changes, Changes(draft));
    }

    private static Wait? Halted(DecisionDraft draft)
    {
        if (draft.Spec.Paused) return new Wait(WaitReason.RolloutPaused, $"spec.paused to be lifted{Safe(draft)}");
        return draft.IsHalted ? new Wait(WaitReason.InconclusiveAnalysis, "a user to promote or abort: an analysis ended without a result") : null;
    }

    private static Wait? Step(DecisionDraft draft)
    {
        if (draft.FinishedStep is not null || draft.Current is not { } current) return null;
        var isStepping = draft is { Stable: not null, Status: { IsFullyPromoted: false, PromoteFull: false } };
        return (isStepping ? AnalysisRule.StepAt(draft) : null) switch
        {
            CanaryStep.Pause pause => PauseWaits.Of(draft, pause),
            CanaryStep.SetWeight set => Weight(draft, current, set.Weight),
            CanaryStep.Analysis when draft.Status.StepRun is { } run => new Wait(WaitReason.AnalysisRunning, $"AnalysisRun {run.Name} of step {StepName(draft)}, which is {run.Phase}"),
            CanaryStep.Analysis => null,
            _ => Pods(draft, current, draft.Spec.Replicas),
        };
    }

    private static Wait? Weight(DecisionDraft draft, ReplicaSetObservation current, int weight)
    {
        var (all, target) = (draft.Spec.Replicas, ReplicaTargets.Canary(draft));
        var stable = draft.Stable!;
        if (stable != current && (stable.Desired != all || stable.Created != all) && Pods(draft, stable, all) is { } unmade) return unmade;
        if (!ReplicaTargets.CanCarryStep(draft) && Pods(draft, current, target) is { } missing) return missing;
        if (all > 0 && Traffic(draft, current, stable, weight) is { } traffic) return traffic;
        return Pods(draft, current, target);
    }

    private static Wait? Traffic(DecisionDraft draft, ReplicaSetObservation current, ReplicaSetObservation stable, int weight)
    {
        var refused = draft.Seen.Routes.FirstOrDefault(r => !r.IsAccepted);
        var unaccepted = refused is null ? null : new Wait(WaitReason.RouteNotAccepted, $"HTTPRoute {refused.Reference.Name}: {(refused.Complaint.Length > 0 ? refused.Complaint : refused.Pending)}");
        if (draft.Seen.Routes.All(r => r.Carries(weight))) return unaccepted;
        if (stable.Available < draft.Spec.Replicas && Pods(draft, stable, draft.Spec.Replicas) is { } lacking) return lacking;
        if (unaccepted is not null) return unaccepted;
        foreach (var (service, version) in new[] { (draft.Seen.StableService, stable), (draft.Seen.CanaryService, current) })
        {
            if (service is null || ServiceRule.Selected(draft, service) == version.Hash) continue;
            var pods = version.Available < version.Desired ? $", which has {version.Available} of {version.Desired} pods available" : "";
            return new Wait(WaitReason.ServiceNotSwitched, $"Service {service.Name} to select {version.Hash}{pods}; it selects {(service.SelectedHash.Length > 0 ? service.SelectedHash : "other pods")}");
        }

        return null;
    }

    /// <summary>What a version's pods lack for a size; null where they lack nothing.</summary>
    private static Wait? Pods(DecisionDraft draft, ReplicaSetObservation version, int wanted)
    {
        if (version.Available >= wanted)
            return version.Created > wanted ? new Wait(WaitReason.PodsSurplus, $"ReplicaSet {version.Name} to have {wanted} pods; it has {version.Created}") : null;
        var count = $"pods of ReplicaSet {version.Name}: {version.Available} of {wanted} available";
        if (version.Failure.Length > 0) return new Wait(WaitReason.PodsNotCreated, $"{count}; {version.Failure}");
        var problem = draft.Seen.PodProblems.FirstOrDefault(p => p.Hash == version.Hash && !p.IsReady);
        return new Wait(WaitReason.PodsUnavailable, problem is null ? count : $"{count}; {problem.Describe()}");
    }

    private static string Changes(DecisionDraft draft) => draft.FinishedStep is not null ? "the next step to begin"
        : draft.Current is null ? "the new ReplicaSet to be created" : "changes that are being made";

    /// <summary>The step as people count it, such as <c>2/3</c>.</summary>
    public static string StepName(DecisionDraft draft) => $"{draft.Status.CurrentStepIndex + 1}/{draft.Canary.Steps.Length}";

    /// <summary>Since when a promotion that is held back is known to be safe; empty where none is.</summary>
    public static string Safe(DecisionDraft draft) => draft.SafeSince is { } since ? $"; safe to promote since {since:yyyy-MM-ddTHH:mm:ssZ}" : "";
}
