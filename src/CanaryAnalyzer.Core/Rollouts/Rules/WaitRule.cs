using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Rollouts.Waits;
using CanaryAnalyzer.Core.Values;

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
        return Halted(draft) ?? draft.StepWait ?? new Wait(WaitReason.Changes, Changes(draft));
    }

    private static Wait? Halted(DecisionDraft draft)
    {
        if (draft.Spec.Paused) return new Wait(WaitReason.RolloutPaused, $"spec.paused to be lifted{Safe(draft)}");
        return draft.IsHalted ? new Wait(WaitReason.InconclusiveAnalysis, "a user to promote or abort: an analysis ended without a result") : null;
    }

    /// <summary>What a version's pods lack for a size; null where they lack nothing.</summary>
    public static Wait? Pods(DecisionDraft draft, ReplicaSetObservation version, int wanted)
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

    /// <summary>Since when a promotion that is held back is known to be safe; empty where none is.</summary>
    public static string Safe(DecisionDraft draft) => draft.SafeSince is { } since ? $"; safe to promote since {KubernetesTime.Format(since)}" : "";
}
