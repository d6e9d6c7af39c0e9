using CanaryAnalyzer.Core.Rollouts.Allocations;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>What a draft tells the canary's allocation, as far as it has come.</summary>
internal static class CanaryFacts
{
    /// <summary>How pods and traffic are to be spread.</summary>
    public static Allocation Allocate(DecisionDraft draft) => RoutedAllocation.Of(draft.Canary, Of(draft));

    /// <summary>Whether the new version has at least the pods of the present step, and the stable version was made whole.</summary>
    public static bool CanCarryStep(DecisionDraft draft) => RoutedAllocation.CanCarryStep(draft.Canary, Of(draft));

    /// <summary>Whether the new version has the pods of the present step, no more and no less, and the stable version was made whole.</summary>
    public static bool IsStepReady(DecisionDraft draft) => RoutedAllocation.IsStepReady(draft.Canary, Of(draft));

    /// <summary>Whether the new version alone can carry all traffic.</summary>
    public static bool CanCarryAll(DecisionDraft draft) => RoutedAllocation.CanCarryAll(draft.Canary, Of(draft));

    /// <summary>The highest share that a route gives the canary Service.</summary>
    public static int PresentWeight(DecisionDraft draft) => draft.Seen.Routes.SelectMany(r => r.Rules).Select(r => r.Canary).DefaultIfEmpty(0).Max();

    private static AllocationFacts Of(DecisionDraft draft) => new()
    {
        Replicas = draft.Spec.Replicas,
        Stage = Stage(draft),
        Step = draft.StepAtWork,
        IsPaused = draft.Spec.Paused,
        Stable = Pods(draft.Stable),
        Canary = Pods(draft.Current),
        Old = [.. draft.Others.Select(o => Pods(o)!.Value)],
        Traffic = Traffic(draft),
    };

    private static AllocationStage Stage(DecisionDraft draft) => draft.Status switch
    {
        { StableHash: "" } => AllocationStage.First,
        { IsFullyPromoted: true } => AllocationStage.Promoted,
        { Abort: true } => AllocationStage.Aborted,
        { PromoteFull: true } => AllocationStage.PromotingFully,
        _ => AllocationStage.Stepping,
    };

    private static VersionPods? Pods(ReplicaSetObservation? version) =>
        version is null ? null : new VersionPods(version.Desired, version.Created, version.Available);

    private static TrafficFacts Traffic(DecisionDraft draft)
    {
        var behind = ServiceRule.Selected(draft, draft.Seen.CanaryService);
        var (current, stable) = (draft.Current, draft.Stable);
        return new TrafficFacts
        {
            Weight = PresentWeight(draft),
            VerifiedWeight = draft.Status.Weights is { Verified: true } weights ? weights.Canary : null,
            ReachesCanary = current is not null && behind == current.Hash,
            ReachesStableOnly = stable is not null && behind == stable.Hash,
            IsServed = draft.Seen.ReplicaSets.Any(r => r.Hash == behind && r.Available > 0),
            IsStableSwitched = stable is not null && ServiceRule.Selected(draft, draft.Seen.StableService) == stable.Hash,
            HoldsStableService = current is not null && current != stable && draft.Seen.StableService?.SelectedHash == current.Hash && draft.Spec.Replicas > 0,
            IsWithdrawn = draft is { IsAborted: true, Current: { Desired: > 0 } canary } && TrafficRule.IsWithdrawn(draft, canary),
        };
    }
}
