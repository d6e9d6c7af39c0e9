using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>How many pods each version should have, and whether the canary has them.</summary>
internal static class ReplicaTargets
{
    /// <summary>The weight set by the last <c>setWeight</c> at or before a step; all traffic past the last step.</summary>
    public static int WeightAt(CanaryStrategy canary, int index)
    {
        if (index >= canary.Steps.Length) return TrafficWeights.Max;
        for (var i = index; i >= 0; i--)
        {
            if (canary.Steps[i] is CanaryStep.SetWeight set) return set.Weight;
        }

        return 0;
    }

    /// <summary>The pods that the wanted version needs at the present step, without regard to an abort.</summary>
    public static int Canary(DecisionDraft draft)
    {
        var all = draft.Spec.Replicas;
        if (draft.Stable is null || draft.Status.IsFullyPromoted || draft.Status.PromoteFull) return all;
        var weight = WeightAt(draft.Canary, draft.StepAtWork);
        var pods = (int)(((long)weight * all + TrafficWeights.Max - 1) / TrafficWeights.Max);
        return pods > 0 && draft.Canary.MinPodsPerReplicaSet is { } floor ? Math.Max(pods, Math.Min(floor, all)) : pods;
    }

    /// <summary>Whether the wanted version has the pods of the present step, no more and no less, and the stable version was made whole.</summary>
    public static bool IsCanaryReady(DecisionDraft draft) => CanCarryStep(draft) && draft.Current!.Desired == Canary(draft) && draft.Current.Created == draft.Current.Desired;

    /// <summary>Whether the wanted version has at least the pods of the present step, and the stable version was made whole.</summary>
    public static bool CanCarryStep(DecisionDraft draft)
    {
        if (draft.Current is not { } current) return false;
        var target = Canary(draft);
        if (current.Desired < target || !draft.Canary.Threshold.IsMet(target, Math.Min(current.Created, target), current.Available)) return false;
        return draft.Stable is not { } stable || stable == current || (stable.Desired == draft.Spec.Replicas && stable.Created == stable.Desired);
    }

    /// <summary>Whether the wanted version alone can carry all traffic.</summary>
    public static bool IsFullyAvailable(DecisionDraft draft) =>
        draft.Current is { } current && draft.Canary.Threshold.IsMet(draft.Spec.Replicas, current.Created, current.Available)
        && current.Desired >= draft.Spec.Replicas;
}
