using CanaryAnalyzer.Core.Rollouts.Allocations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Strategies.Canary;
using CsCheck;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Strategies;

public sealed class RoutedAllocationTests
{
    private const int Samples = 20_000;

    private static readonly Gen<CanaryStep> AnyStep =
        Gen.OneOf<CanaryStep>(Gen.Int[0, 100].Select(w => (CanaryStep)new CanaryStep.SetWeight(w)), Gen.Const<CanaryStep>(new CanaryStep.Pause(null)));

    private static readonly Gen<ProgressThreshold> AnyThreshold = Gen.OneOf(
        Gen.Const(ProgressThreshold.All),
        Gen.Int[0, 100].Select(percent => new ProgressThreshold(percent, null)),
        Gen.Int[0, 9].Select(pods => new ProgressThreshold(null, pods)));

    private static readonly Gen<CanaryStrategy> AnyStrategy = Gen.Select(
        AnyStep.Array[0, 5],
        Gen.Int[0, 6],
        AnyThreshold,
        (steps, floor, threshold) => Canary(steps) with { MinPodsPerReplicaSet = floor == 0 ? null : floor, Threshold = threshold });

    private static readonly Gen<VersionPods> AnyPods = Gen.Select(
        Gen.Int[0, 12], Gen.Int[0, 12], Gen.Int[0, 12], (desired, created, available) => new VersionPods(desired, created, Math.Min(created, available)));

    private static readonly Gen<TrafficFacts> AnyTraffic = Gen.Select(Gen.Int[0, 100], Gen.Int[-1, 100], Gen.Int[0, 63], Traffic);

    private static readonly Gen<(CanaryStrategy Strategy, AllocationFacts Facts)> Any =
        Gen.Select(AnyStrategy, Gen.Int[0, 10], Gen.Int[0, 5], Gen.Int[0, 4], Gen.Select(AnyPods, AnyPods, AnyPods.Array[0, 3]), AnyTraffic, Gen.Int[0, 7])
            .Select(t => (t.Item1, new AllocationFacts
            {
                Replicas = t.Item2,
                Step = Math.Min(t.Item3, t.Item1.StepCount),
                Stage = (AllocationStage)t.Item4,
                Stable = t.Item4 == 0 || (t.Item7 & 1) > 0 ? null : t.Item5.Item1,
                Canary = (t.Item7 & 2) > 0 ? null : t.Item5.Item2,
                Old = [.. t.Item5.Item3],
                IsPaused = (t.Item7 & 4) > 0,
                Traffic = t.Item6,
            }));

    [Fact]
    public void Every_version_has_a_size_and_the_weight_is_a_share_or_none() => Holds((strategy, facts, allocation) =>
    {
        Assert.Equal((facts.Replicas, facts.Replicas), (allocation.Goal.Stable, allocation.Next.Stable));
        Assert.InRange(allocation.Goal.Canary, 0, facts.Replicas);
        Assert.InRange(allocation.Next.Canary, 0, Math.Max(facts.Replicas, facts.Canary?.Desired ?? 0));
        Assert.Equal(facts.Old.Length, allocation.Old.Length);
        Assert.InRange(allocation.Weight ?? 0, 0, 100);
        Assert.Null(RoutedAllocation.Of(strategy, facts with { Traffic = null }).Weight);
    });

    [Fact]
    public void The_stable_version_keeps_its_pods_and_the_canary_comes_on_top() => Holds((strategy, facts, allocation) =>
    {
        foreach (var limit in (CountOrShare[])[CountOrShare.OfCount(0), CountOrShare.OfCount(1), CountOrShare.OfShare(100)])
        {
            var other = RoutedAllocation.Of(strategy with { MaxSurge = limit, MaxUnavailable = limit }, facts);
            Assert.Equal(Figures(allocation), Figures(other));
            Assert.Equal(facts.Replicas, other.Next.Stable);
        }
    });

    [Fact]
    public void The_pods_of_a_step_carry_its_weight_and_at_full_weight_they_are_all() => Holds((strategy, facts, allocation) =>
    {
        if (facts.Stage != AllocationStage.Stepping || facts.Stable is null) return;
        var weight = strategy.WeightAt(facts.Step);
        Assert.True(100L * allocation.Goal.Canary >= (long)weight * facts.Replicas);
        Assert.Equal((weight > 0 && facts.Replicas > 0, weight < 100 || allocation.Goal.Canary == facts.Replicas), (allocation.Goal.Canary > 0, true));
        if (allocation.Goal.Canary > 0) Assert.True(allocation.Goal.Canary >= Math.Min(strategy.MinPodsPerReplicaSet ?? 0, facts.Replicas));
    });

    [Fact]
    public void Weight_is_raised_only_for_available_pods_of_the_canary() => Holds((strategy, facts, allocation) =>
    {
        if (!(allocation.Weight > facts.Traffic!.Weight)) return;
        Assert.True(facts is { Canary.Available: > 0, Stage: AllocationStage.Stepping, Traffic.ReachesCanary: true });
        Assert.True(allocation.Weight <= strategy.WeightAt(facts.Step) || !RoutedAllocation.CanCarryStep(strategy, facts));
        Assert.Contains(allocation.Weight.Value, (int[])[strategy.WeightAt(facts.Step), strategy.WeightAt(facts.Step - 1)]);
    });

    [Fact]
    public void Weight_that_is_lowered_leaves_the_stable_version_no_more_than_its_pods_carry() => Holds((_, facts, allocation) =>
    {
        if (facts is not { Traffic: { IsServed: true, ReachesStableOnly: false } traffic, Replicas: > 0, Stable: { } stable }) return;
        if (!(allocation.Weight < traffic.Weight)) return;
        Assert.True(stable.Available > 0);
        Assert.True((100 - allocation.Weight.Value) * facts.Replicas <= stable.Available * 100);
    });

    [Fact]
    public void Pods_of_the_canary_go_only_after_their_weight() => Holds((strategy, facts, allocation) =>
    {
        if (facts is not { Canary: { } canary, Stable: { } stable, Stage: not AllocationStage.Promoted } || allocation.Next.Canary >= canary.Desired) return;
        Assert.False(facts.Traffic!.HoldsStableService);
        if (facts.Stage == AllocationStage.Aborted) Assert.True(facts.Traffic.IsWithdrawn && stable.Available >= facts.Replicas);
        else Assert.True(facts.Traffic.VerifiedWeight <= strategy.WeightAt(facts.Step) && !facts.IsPaused);
    });

    [Fact]
    public void A_paused_canary_keeps_its_size() => Holds((_, facts, allocation) =>
    {
        if (facts is { IsPaused: true, Stage: AllocationStage.First or AllocationStage.Stepping or AllocationStage.PromotingFully })
            Assert.Equal(facts.Canary?.Desired ?? 0, allocation.Next.Canary);
    });

    [Fact]
    public void Old_versions_stay_until_another_one_carries_the_traffic() => Holds((strategy, facts, allocation) =>
    {
        var isCarried = facts.Stable is not null || RoutedAllocation.CanCarryAll(strategy, facts);
        Assert.Equal(facts.Old.Select(o => isCarried ? 0 : o.Desired), allocation.Old);
    });

    [Theory]
    [InlineData(10, 20, null, 2)]
    [InlineData(3, 50, null, 2)]
    [InlineData(10, 1, null, 1)]
    [InlineData(10, 1, 3, 3)]
    [InlineData(2, 1, 3, 2)]
    [InlineData(10, 0, 3, 0)]
    [InlineData(int.MaxValue, 100, null, int.MaxValue)]
    public void A_share_of_the_replicas_is_rounded_up(int replicas, int weight, int? floor, int pods)
    {
        var stable = new VersionPods(replicas, replicas, replicas);
        var facts = new AllocationFacts { Replicas = replicas, Step = 0, Stage = AllocationStage.Stepping, Stable = stable };
        Assert.Equal(pods, RoutedAllocation.Of(Canary(new CanaryStep.SetWeight(weight)) with { MinPodsPerReplicaSet = floor }, facts).Goal.Canary);
    }

    [Fact]
    public void A_step_whose_pods_are_not_up_keeps_the_weight_of_the_one_before()
    {
        var strategy = Canary(new CanaryStep.SetWeight(20), new CanaryStep.SetWeight(60));
        var facts = new AllocationFacts
        {
            Replicas = 10,
            Step = 1,
            Stage = AllocationStage.Stepping,
            Stable = new VersionPods(10, 10, 10),
            Canary = new VersionPods(6, 6, 5),
            Traffic = new TrafficFacts { Weight = 20, VerifiedWeight = 20, ReachesCanary = true, IsServed = true, IsStableSwitched = true },
        };
        Assert.Equal(20, RoutedAllocation.Of(strategy, facts).Weight);
        Assert.Equal(60, RoutedAllocation.Of(strategy, facts with { Canary = new VersionPods(6, 6, 6) }).Weight);
    }

    private static TrafficFacts Traffic(int weight, int verified, int flags) => new()
    {
        Weight = weight,
        VerifiedWeight = verified < 0 ? null : verified,
        ReachesCanary = (flags & 1) > 0,
        ReachesStableOnly = (flags & 3) == 2,
        IsServed = (flags & 4) > 0,
        IsStableSwitched = (flags & 8) > 0,
        HoldsStableService = (flags & 16) > 0,
        IsWithdrawn = (flags & 32) > 0,
    };

    private static (int, int, int?) Figures(Allocation allocation) => (allocation.Goal.Canary, allocation.Next.Canary, allocation.Weight);

    private static void Holds(Action<CanaryStrategy, AllocationFacts, Allocation> check) =>
        Any.SampleFixed(sample => check(sample.Strategy, sample.Facts, RoutedAllocation.Of(sample.Strategy, sample.Facts)), Samples, seed: 11);

    private static CanaryStrategy Canary(params CanaryStep[] steps) => new() { CanaryService = "web-canary", StableService = "web-stable", Steps = [.. steps] };
}
