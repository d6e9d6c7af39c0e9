using CanaryAnalyzer.Core.Rollouts.Allocations;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>
/// The allocation of a canary whose weights are set on routes. The stable version keeps all its pods and the canary's come on top of them, so that an abort
/// waits
/// for no pod. <see cref="CanaryStrategy.MaxSurge"/> limits nothing, as in Argo Rollouts, and no version is taken below what its traffic needs, whatever
/// <see cref="Specs.Strategy.MaxUnavailable"/> allows. Weight comes to a version after its pods, and leaves before them.
/// </summary>
public static class RoutedAllocation
{
    /// <summary>Spreads pods and traffic. Pure and total.</summary>
    /// <param name="canary">The strategy.</param>
    /// <param name="facts">The step and what there is; with <see cref="AllocationFacts.Traffic"/>.</param>
    public static Allocation Of(CanaryStrategy canary, AllocationFacts facts)
    {
        var goal = new VersionSizes(facts.Replicas, Goal(canary, facts));
        var next = goal with { Canary = Next(canary, facts, goal.Canary) };
        var isOldNeeded = facts.Stable is null && !CanCarryAll(canary, facts);
        var old = facts.Old.Select(o => isOldNeeded ? o.Desired : 0);
        return new Allocation(goal, next, [.. old], facts.Traffic is { } traffic ? Weight(canary, facts, traffic) : null);
    }

    /// <summary>Whether the new version has at least the pods of the step, and the stable version was made whole.</summary>
    public static bool CanCarryStep(CanaryStrategy canary, AllocationFacts facts)
    {
        if (facts.Canary is not { } pods) return false;
        var target = Goal(canary, facts);
        if (pods.Desired < target || !canary.Threshold.IsMet(target, Math.Min(pods.Created, target), pods.Available)) return false;
        if (facts.Stage == AllocationStage.Promoted || facts.Stable is not { } stable) return true;
        return stable.Desired == facts.Replicas && stable.Created == stable.Desired;
    }

    /// <summary>Whether the new version has the pods of the step, no more and no less, and the stable version was made whole.</summary>
    public static bool IsStepReady(CanaryStrategy canary, AllocationFacts facts) =>
        CanCarryStep(canary, facts) && facts.Canary!.Value.Desired == Goal(canary, facts) && facts.Canary.Value.Created == facts.Canary.Value.Desired;

    /// <summary>Whether the new version alone can carry all traffic.</summary>
    public static bool CanCarryAll(CanaryStrategy canary, AllocationFacts facts) =>
        facts.Canary is { } pods && canary.Threshold.IsMet(facts.Replicas, pods.Created, pods.Available) && pods.Desired >= facts.Replicas;

    private static int Goal(CanaryStrategy canary, AllocationFacts facts)
    {
        var all = facts.Replicas;
        if (facts.Stable is null || facts.Stage is AllocationStage.Promoted or AllocationStage.PromotingFully) return all;
        if (facts.Stage == AllocationStage.Aborted) return 0;
        var pods = (int)((((long)canary.WeightAt(facts.Step) * all) + TrafficWeights.Max - 1) / TrafficWeights.Max);
        return pods > 0 && canary.MinPodsPerReplicaSet is { } floor ? Math.Max(pods, Math.Min(floor, all)) : pods;
    }

    private static int Next(CanaryStrategy canary, AllocationFacts facts, int goal)
    {
        var isStable = facts.Stage == AllocationStage.Promoted;
        if (facts.Canary is not { } pods) return facts.IsPaused ? 0 : goal;
        if (facts.Stage == AllocationStage.Aborted && facts.Stable is { } stable) return IsAbortedNeeded(facts, stable) ? pods.Desired : 0;
        var mayShrink = isStable || facts.Stable is null || IsWeightGone(canary, facts);
        if (goal < pods.Desired && !mayShrink) return pods.Desired;
        return facts.IsPaused && !isStable ? pods.Desired : goal;
    }

    private static bool IsAbortedNeeded(AllocationFacts facts, VersionPods stable) =>
        facts.Traffic is { IsWithdrawn: false } or { HoldsStableService: true } || stable.Available < facts.Replicas;

    private static bool IsWeightGone(CanaryStrategy canary, AllocationFacts facts) =>
        facts.Traffic is { HoldsStableService: false, VerifiedWeight: { } weight } && weight <= canary.WeightAt(facts.Step);

    private static int? Weight(CanaryStrategy canary, AllocationFacts facts, TrafficFacts traffic)
    {
        if (facts.Stable is not { } stable) return facts.Stage == AllocationStage.First ? 0 : null;
        if (facts.Stage == AllocationStage.Promoted && !traffic.IsStableSwitched) return null;
        var goal = WeightGoal(canary, facts, traffic);
        return goal < traffic.Weight ? Lowered(facts, traffic, stable, goal) : goal;
    }

    private static int WeightGoal(CanaryStrategy canary, AllocationFacts facts, TrafficFacts traffic)
    {
        if (facts.Stage is AllocationStage.Promoted or AllocationStage.Aborted) return 0;
        if (facts.Canary is not { Available: > 0 } || !traffic.ReachesCanary) return 0;
        if (facts.Stage == AllocationStage.PromotingFully) return traffic.Weight;
        var isReady = facts.Step < canary.StepCount ? CanCarryStep(canary, facts) : CanCarryAll(canary, facts);
        return canary.WeightAt(isReady ? facts.Step : facts.Step - 1);
    }

    // What the stable version can carry goes to it at once, however short of pods it is; what it cannot stays where pods are.
    private static int? Lowered(AllocationFacts facts, TrafficFacts traffic, VersionPods stable, int goal)
    {
        if (traffic.ReachesStableOnly) return goal;
        if (stable.Available == 0) return null;
        if (!traffic.IsServed || facts.Replicas == 0) return goal;
        var carried = (int)Math.Min(TrafficWeights.Max, (long)stable.Available * TrafficWeights.Max / facts.Replicas);
        return Math.Max(goal, Math.Min(traffic.Weight, TrafficWeights.Max - carried));
    }
}
