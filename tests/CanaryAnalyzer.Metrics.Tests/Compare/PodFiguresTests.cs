using System.Collections.Immutable;
using System.Globalization;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Metrics.Compare;

namespace CanaryAnalyzer.Metrics.Tests.Compare;

public class PodFiguresTests
{
    [Fact]
    public void Looks_are_summed_up_and_the_broken_pod_is_named()
    {
        var sums = PodFigures.Add([], [Look(new TargetCounts(true, "a", 100, 9), new TargetCounts(true, "b", 100, 0), new TargetCounts(false, "s", 900, 1))]);
        sums = PodFigures.Add(sums, [Look(new TargetCounts(true, "a", 100, 9), new TargetCounts(true, "c", 100, 1))]);

        Assert.Equal([new PodSums(0, true, "a", 200, 18), new PodSums(0, false, "s", 900, 1), new PodSums(0, true, "c", 100, 1), new PodSums(0, true, "b", 100, 0)], sums);
        var (pods, sentences) = PodFigures.Of(CompareMemory.Begin(1) with { Pods = sums }, Comparison.Spec(new Uri("http://127.0.0.1:1")));
        Assert.Equal("a", Assert.Single(pods, pod => pod.StandsOut).Target);
        Assert.Equal("errors: pod a has 18 of the canary's 19 errors", Assert.Single(sentences));
    }

    [Fact]
    public void Pods_beyond_those_remembered_are_one_sum_and_no_figure()
    {
        var targets = Enumerable.Range(0, 500).Select(i => new TargetCounts(i % 2 == 0, string.Create(CultureInfo.InvariantCulture, $"pod-{i:000}"), 10, i < 5 ? 1 : 0));

        var sums = PodFigures.Add(PodFigures.Add([], [Look([.. targets])]), [Look([.. targets])]);

        Assert.Equal((PodFigures.Most + 2, 500 * 20, 10), (sums.Length, sums.Sum(pod => pod.R), sums.Sum(pod => pod.E)));
        var memory = CompareMemory.Begin(1) with { Pods = sums };
        Assert.Equal(PodFigures.Most, PodFigures.Of(memory, Comparison.Spec(new Uri("http://127.0.0.1:1"))).Pods.Length);
        Assert.InRange(memory.Write().Length, 0, 1500);
        Assert.Equal(sums, CompareMemory.TryRead(memory.Write(), 1)!.Pods);
    }

    [Fact]
    public void Sums_of_what_was_never_a_count_end_no_run()
    {
        ImmutableArray<PodSums> before = [new PodSums(0, true, "a", long.MaxValue, long.MaxValue), new PodSums(0, true, "b", long.MaxValue, 1), new PodSums(0, false, "s", 10, 0)];

        var sums = PodFigures.Add(before, [Look(new TargetCounts(true, "a", 100, 9), new TargetCounts(false, "s", 900, 1))]);

        Assert.Equal(new PodSums(0, false, "s", 910, 1), Assert.Single(sums, pod => !pod.C));
        Assert.Equal(["a", "b", "s"], PodFigures.Of(CompareMemory.Begin(1) with { Pods = before }, Comparison.Spec(new Uri("http://127.0.0.1:1"))).Pods.Select(pod => pod.Target));
    }

    [Fact]
    public void Slow_pod_of_the_canary_stays_known_beside_many_stable_pods_that_are_slow_as_ever()
    {
        IEnumerable<TargetCounts> stable = Enumerable.Range(0, 200).Select(i => new TargetCounts(false, string.Create(CultureInfo.InvariantCulture, $"s-{i:000}"), 10_000, 100));
        var sums = PodFigures.Add([], [Look([.. stable, new TargetCounts(true, "a", 300, 3), new TargetCounts(true, "b", 300, 30), new TargetCounts(true, "c", 300, 3)])]);

        var (pods, sentences) = PodFigures.Of(CompareMemory.Begin(1).WithSlow([0.25]) with { Pods = sums }, Comparison.Spec(new Uri("http://127.0.0.1:1")));

        Assert.Equal(("b", 0.25), Assert.Single(pods, pod => pod.StandsOut) is var slow ? (slow.Target, slow.SlowFrom!.Value) : default);
        Assert.Equal("errors: pod b has 30 of the canary's 36 requests over 250ms", Assert.Single(sentences));
    }

    [Fact]
    public void Bound_that_is_chosen_stays()
    {
        var memory = CompareMemory.Begin(2).WithSlow([null, 0.5]).WithSlow([0.1, 0.2]);

        Assert.Equal([0.1, 0.5], CompareMemory.TryRead(memory.Write(), 2)!.Slow);
    }

    [Fact]
    public void Pods_give_way_where_the_judge_needs_the_room()
    {
        var memory = CompareMemory.Begin(1) with { Pods = [new PodSums(0, true, "a", 1, 1)], Judge = new string('x', 8100) };

        Assert.Equal((memory.Judge, 0), (CompareMemory.TryRead(memory.Write(), 1)!.Judge, CompareMemory.TryRead(memory.Write(), 1)!.Pods.Length));
    }

    [Fact]
    public void Memory_of_an_older_version_has_no_pods_and_one_of_other_measures_still_a_judge()
    {
        const string Older = """{"next":3,"sides":[1],"accepted":[5],"judge":"seq/1 x"}""";

        Assert.Empty(CompareMemory.TryRead(Older, 1)!.Pods);
        Assert.Null(CompareMemory.TryRead(Older, 2));
        Assert.Equal((true, "seq/1 x"), (CompareMemory.TryReadJudge(Older, out var judge), judge));
        Assert.False(CompareMemory.TryReadJudge("no memory", out _));
        Assert.Null(CompareMemory.TryRead("""{"next":3,"sides":[1],"accepted":[5],"pods":null}""", 1));
    }

    private static CountedLook Look(params ImmutableArray<TargetCounts> targets) =>
        new(0, [new CountedInterval(0, 1, new MeasureCounts(SideCounts.None, SideCounts.None, SideCounts.None)) { Targets = targets }], CountingFlaw.None, "");
}
