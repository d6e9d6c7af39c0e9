using System.Collections.Frozen;
using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Backtests;
using CanaryAnalyzer.Core.Backtests.Histories;
using CanaryAnalyzer.Core.Backtests.Injections;
using CanaryAnalyzer.Core.Backtests.Replays;
using CanaryAnalyzer.Core.Backtests.Results;
using CanaryAnalyzer.Testing.Histories;
using static CanaryAnalyzer.Core.Tests.Backtests.BacktestData;

namespace CanaryAnalyzer.Core.Tests.Backtests;

public sealed class ReplayTests
{
    private const int Past = 30;
    private static readonly JudgeOptions Judge = Options(Errors, Latency);
    private static readonly CountedHistory Good = Count(new SimulatedService(Scrape, 11, Pods(6, 12)), 12, Hour, Errors, Latency);

    [Fact]
    public void Good_service_is_hardly_ever_rolled_back_against_itself()
    {
        var results = All(Good, (window, kind, split) => Run(Good, window, kind, split, null));
        var summary = AaSummary.Of(results);
        Assert.InRange(summary.Windows, 20, 24);
        Assert.InRange(summary.RolledBack.Count, 0, 2);
        Assert.False(summary.IsAbove(0.01));
        Assert.True(summary.Promoted.Rate > 0.5, Describe(summary.Reasons));
    }

    [Fact]
    public void Harm_is_found_and_the_more_the_sooner()
    {
        double Median(double times)
        {
            var results = All(Good, (window, kind, split) => Run(Good, window, kind, split, new Injection.Errors(times, 0))).Where(result => result.Kind == SplitKind.CanarySized).ToList();
            Assert.All(results, result => Assert.NotEqual(JudgeVerdict.Promote, result.Replay.Verdict), throwIfEmpty: true);
            return Spread.Of(results.Where(result => result.Replay.Verdict == JudgeVerdict.Rollback).Select(result => result.Replay.Elapsed.TotalSeconds))!.Median;
        }

        Assert.True(Median(10) < Median(3));
    }

    [Fact]
    public void Same_seed_gives_the_same_replay()
    {
        var window = AaPlan.Of(Good, 60, Past).Windows[3];
        Assert.Equal(Run(Good, window, SplitKind.CanarySized, 0, null).LogEvidence, Run(Good, window, SplitKind.CanarySized, 0, null).LogEvidence);
    }

    [Fact]
    public void Canary_sized_split_has_the_wanted_share_of_the_traffic()
    {
        var window = AaPlan.Of(Good, 60, Past).Windows[0];
        var sides = Sides.Split(window.Pods, SplitKind.CanarySized, new CanarySize(0.05, null), Draws.Of(1))!;
        var looks = WindowCounting.Count(Good, Judge, window.Window, sides, Draws.Of(1))[0].Looks;
        double canary = looks.Sum(counts => counts!.Canary.Requests), stable = looks.Sum(counts => counts!.StableA.Requests + counts.StableB.Requests);
        Assert.Single(sides.Canary);
        Assert.InRange(canary / (canary + stable), 0.045, 0.055);
    }

    [Fact]
    public void Window_of_all_pods_adds_up_to_the_tracks()
    {
        var window = AaPlan.Of(Good, 60, Past).Windows[0];
        var sides = Sides.Split(window.Pods, SplitKind.Halves, new CanarySize(0.1, null), Draws.Of(1))!;
        var measures = WindowCounting.Count(Good, Judge, window.Window, sides, Draws.Of(1));
        for (var look = 1; look <= 60; look++)
        {
            var counts = measures[1].Looks[look - 1]!;
            Assert.Equal(Good.Measures[1].Tracks.Sum(track => track.Requests(window.Window.Start + look)), counts.Canary.Requests + counts.StableA.Requests + counts.StableB.Requests);
        }

        Assert.Equal(Past, measures[0].History.Intervals.Length);
    }

    [Fact]
    public void Single_pod_can_not_be_split()
    {
        Assert.Null(Sides.Split(["a"], SplitKind.Halves, new CanarySize(0.1, null), Draws.Of(1)));
        var plan = AaPlan.Of(Count(new SimulatedService(Scrape, 1, Pods(1, 3)), 3, Hour, Errors), 60, Past);
        Assert.Empty(plan.Windows);
        Assert.True(plan.WithTooFewPods > 0);
    }

    [Fact]
    public void Windows_with_two_versions_are_left_out()
    {
        SimulatedPod[] pods = [.. Pods(3, 4), .. Pods(2, 4, "7f8b5c4d9f").Select(pod => pod with { From = Start + (2 * Hour) })];
        var plan = AaPlan.Of(Count(new SimulatedService(Scrape, 1, pods), 4, Hour, Errors), 60, Past);
        Assert.True(plan.WithTwoVersions >= 3);
        Assert.All(plan.Windows, window => Assert.Equal(3, window.Pods.Length), throwIfEmpty: true);
    }

    [Fact]
    public void Side_without_counts_is_a_look_without_data_and_decides_nothing()
    {
        var window = new ReplayWindow(100, 60, Past);
        var sides = new Sides(new[] { "nobody" }.ToFrozenSet(), Good.Tracks.Select(track => track.Pod).ToFrozenSet(), 1);
        var replay = Replay.Of(WindowCounting.Count(Good, Judge, window, sides, Draws.Of(1)), Judge);
        Assert.Equal((JudgeVerdict.Inconclusive, 0), (replay.Verdict, replay.LooksWithData));
    }

    [Fact]
    public void Pods_that_live_a_minute_are_replayed_without_an_exception()
    {
        var pods = Enumerable.Range(0, 180).Select(i => new SimulatedPod($"web-6bd9c7d7d8-{i:00000}", Start + (i * Minute), Start + ((i + 2) * Minute)));
        var history = Count(new SimulatedService(Scrape, 1, pods), 3, Hour, Errors);
        var plan = AaPlan.Of(history, 60, Past);
        Assert.NotEmpty(plan.Windows);
        var judge = Options(Errors);
        var sides = Sides.Split(plan.Windows[0].Pods, SplitKind.Halves, new CanarySize(0.1, null), Draws.Of(1))!;
        Assert.True(Replay.Of(WindowCounting.Count(history, judge, plan.Windows[0].Window, sides, Draws.Of(1)), judge).LooksWithData > 5);
    }

    private static List<AaResult> All(CountedHistory history, Func<AaWindow, SplitKind, int, Replay> run) =>
        [.. AaPlan.Of(history, 60, Past).Windows.SelectMany((window, i) => new[] { SplitKind.CanarySized, SplitKind.Halves }.Select((kind, split) => new AaResult(i, kind, run(window, kind, split))))];

    private static Replay Run(CountedHistory history, AaWindow window, SplitKind kind, int split, Injection? harm)
    {
        var draws = Draws.Of(1, window.Window.Start, split);
        var sides = Sides.Split(window.Pods, kind, new CanarySize(0.1, null), draws)!;
        ImmutableArray<MeasureWindow> measures = WindowCounting.Count(history, Judge, window.Window, sides, draws);
        return Replay.Of(harm is null ? measures : InjectedHarm.Into(measures, harm, draws), Judge);
    }
}
