using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>Sets the canary's share of the traffic on every route; never gives any to a version without available pods.</summary>
internal static class TrafficRule
{
    private static readonly TimeSpan VerifyAgain = TimeSpan.FromSeconds(10);
    private const int KeptChanges = 8;

    public static void Apply(DecisionDraft draft)
    {
        var present = PresentWeight(draft);
        var wanted = Wanted(draft, present);
        var weight = wanted ?? present;
        var before = draft.Status.Weights;
        var isOverwritten = false;
        foreach (var route in draft.Seen.Routes.Where(r => wanted is not null && !r.Carries(weight)))
        {
            draft.Do(new Effect.SetRouteWeight(route.Reference, draft.Canary.CanaryService, draft.Canary.StableService, weight));
            isOverwritten |= before is { Verified: true } && before.Canary == weight;
        }

        // A pass that was cut off may have changed the split and not said so.
        if (before is not null && (before.Canary != weight || draft.Effects.Any(e => e is Effect.SetRouteWeight)))
            draft.Status = draft.Status with { WeightChanges = [.. draft.Status.WeightChanges.TakeLast(KeptChanges - 1), draft.Stamp] };
        var isVerified = draft.Seen.Routes.All(r => r.IsAccepted && (wanted is null || r.Carries(weight)));
        var canaryHash = draft.Current?.Hash ?? "";
        draft.Status = draft.Status with
        {
            Weights = new TrafficWeights(weight, weight == 0 && draft.IsAborted ? draft.Status.StableHash : canaryHash, draft.Status.StableHash, isVerified),
        };
        if (isOverwritten) draft.Warn("TrafficWeightOverwritten", $"The routes were changed from outside; the canary gets its {weight} % back");
        else if (before is not null && before.Canary != weight) draft.Tell("TrafficWeightUpdated", $"Traffic weight updated from {before.Canary} to {weight}");
        if (!isVerified) draft.LookAgain(draft.Now + VerifyAgain);
    }

    /// <summary>Whether no route gives the canary anything, as far as gateways say.</summary>
    public static bool IsCanaryWithoutTraffic(DecisionDraft draft) => draft.Seen.Routes.All(r => r.Carries(0) && r.IsAccepted);

    /// <summary>
    /// Whether a gateway that did not confirm the weights is waited for no longer: it had as long as an update may go without progress. Pods that no Service selects any
    /// more need not stay for its sake.
    /// </summary>
    public static bool IsGatewayGivenUp(DecisionDraft draft)
    {
        if (draft.Seen.Status.Condition(ConditionTypes.WeightVerifyError) is not { } unverified) return false;
        var end = unverified.LastTransitionTime + draft.Spec.ProgressDeadline;
        if (end > draft.Now) draft.LookAgain(end);
        return end <= draft.Now;
    }

    private static int PresentWeight(DecisionDraft draft) => draft.Seen.Routes.SelectMany(r => r.Rules).Select(r => r.Canary).DefaultIfEmpty(0).Max();

    /// <summary>The canary's share; null leaves what is.</summary>
    private static int? Wanted(DecisionDraft draft, int present)
    {
        if (draft.Stable is not { } stable) return draft.Status.StableHash.Length == 0 ? 0 : null;
        if (draft.Status.IsFullyPromoted && ServiceRule.Selected(draft, draft.Seen.StableService) != stable.Hash) return null;
        var goal = Goal(draft, present);
        return goal < present ? Lowered(draft, stable, goal, present) : goal;
    }

    private static int Goal(DecisionDraft draft, int present)
    {
        if (draft.Status.IsFullyPromoted || draft.IsAborted) return 0;
        var isServing = draft.Current is { Available: > 0 } current && ServiceRule.Selected(draft, draft.Seen.CanaryService) == current.Hash;
        if (!isServing) return 0;
        if (draft.Status.PromoteFull) return present;
        var index = draft.StepAtWork;
        var isReady = index < draft.Canary.Steps.Length ? ReplicaTargets.CanCarryStep(draft) : ReplicaTargets.IsFullyAvailable(draft);
        return ReplicaTargets.WeightAt(draft.Canary, isReady ? index : index - 1);
    }

    // What the stable version can carry goes to it at once, however short of pods it is; what it cannot stays where pods are.
    private static int? Lowered(DecisionDraft draft, ReplicaSetObservation stable, int goal, int present)
    {
        var behind = ServiceRule.Selected(draft, draft.Seen.CanaryService);
        if (behind == stable.Hash) return goal;
        if (stable.Available == 0) return null;
        var isServing = draft.Seen.ReplicaSets.Any(r => r.Hash == behind && r.Available > 0);
        if (!isServing || draft.Spec.Replicas == 0) return goal;
        var carried = (int)Math.Min(TrafficWeights.Max, (long)stable.Available * TrafficWeights.Max / draft.Spec.Replicas);
        return Math.Max(goal, Math.Min(present, TrafficWeights.Max - carried));
    }
}
