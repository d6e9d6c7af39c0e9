using CanaryAnalyzer.Core.Effects;
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
        var wanted = draft.Allocate().Weight;
        var weight = wanted ?? CanaryFacts.PresentWeight(draft);
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
    /// Whether nothing reaches an aborted canary any more: no route gives it anything, or its Service no longer selects it and a gateway is not waited for
    /// longer.
    /// </summary>
    public static bool IsWithdrawn(DecisionDraft draft, ReplicaSetObservation canary)
    {
        if (IsCanaryWithoutTraffic(draft)) return true;
        var isUnselected = draft.Seen.CanaryService?.SelectedHash != canary.Hash && draft.Seen.Routes.All(r => r.Carries(0));
        return isUnselected && IsGatewayGivenUp(draft);
    }

    /// <summary>
    /// Whether a gateway that did not confirm the weights is waited for no longer: it had as long as an update may go without progress. Pods that no Service
    /// selects any
    /// more need not stay for its sake.
    /// </summary>
    public static bool IsGatewayGivenUp(DecisionDraft draft)
    {
        if (draft.Seen.Status.Condition(ConditionTypes.WeightVerifyError) is not { } unverified) return false;
        var end = unverified.LastTransitionTime + draft.Spec.ProgressDeadline;
        if (end > draft.Now) draft.LookAgain(end);
        return end <= draft.Now;
    }
}
