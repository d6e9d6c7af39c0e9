using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Backtests.Findings;
using CanaryAnalyzer.Core.Backtests.Injections;
using CanaryAnalyzer.Testing.Histories;
using static CanaryAnalyzer.Core.Tests.Backtests.BacktestData;

namespace CanaryAnalyzer.Core.Tests.Backtests;

public sealed class FindingsTests
{
    private const string Next = "7f8b5c4d9f";
    private const string Bad = "5d4f9b7c6c";

    [Fact]
    public void Releases_are_found_by_their_hashes_and_judged()
    {
        SimulatedPod[] pods =
        [
            .. Pods(4, 3),
            .. Pods(1, 6, Next).Select(pod => pod with { From = Start + (2 * Hour) }),
            .. Pods(4, 6, Next).Skip(1).Select(pod => pod with { From = Start + (2 * Hour) + (50 * Minute) }),
            .. Pods(1, 6, Bad).Select(pod => pod with { From = Start + (4 * Hour), To = Start + (4 * Hour) + (20 * Minute), ErrorShare = 0.08 }),
        ];
        var history = Count(new SimulatedService(Scrape, 3, pods), 6, Hour, Errors);
        var releases = ReleaseFinder.Find(history, Options(Errors), 30).ToList();

        Assert.Equal([Next, Bad], releases.Select(release => release.Version));
        var (good, bad) = (releases[0], releases[1]);
        Assert.Equal("6bd9c7d7d8", good.Before);
        Assert.True(good.Stayed);
        Assert.NotEqual(JudgeVerdict.Rollback, good.Verdict);
        Assert.Equal((Next, false, (JudgeVerdict?)JudgeVerdict.Rollback), (bad.Before, bad.Stayed, bad.Verdict));
        Assert.Contains("errors", bad.Sentence, StringComparison.Ordinal);
        Assert.InRange(bad.LargestShare, 0.1, 0.6);
        Assert.InRange((bad.At - At(4 * Hour)).TotalSeconds, -30, 60);
    }

    [Fact]
    public void Version_that_was_replaced_shortly_before_and_still_stands_idle_is_not_the_one_before()
    {
        var (second, third) = (Start + (2 * Hour), Start + (2 * Hour) + (4 * Minute));
        SimulatedPod[] pods =
        [
            .. Pods(4, 2),
            .. Pods(4, 3).Select(pod => pod with { Name = pod.Name.Replace("aaaa", "idle", StringComparison.Ordinal), Rate = 0 }),
            .. Pods(4, 6, Next).Select(pod => pod with { From = second }),
            .. Pods(1, 6, Bad).Select(pod => pod with { From = third, To = third + (10 * Minute) }),
        ];

        var releases = ReleaseFinder.Find(Count(new SimulatedService(Scrape, 3, pods), 6, Hour, Errors), Options(Errors), 30).ToList();

        Assert.Equal((Bad, Next), (releases[^1].Version, releases[^1].Before));
    }

    [Fact]
    public void Versions_that_never_met_are_listed_without_a_verdict()
    {
        SimulatedPod[] pods = [.. Pods(2, 2), .. Pods(2, 4, Next).Select(pod => pod with { From = Start + (2 * Hour) + (3 * Minute) })];
        var release = ReleaseFinder.Find(Count(new SimulatedService(Scrape, 3, pods), 4, Hour, Errors), Options(Errors), 30).Single();
        Assert.Null(release.Verdict);
        Assert.True(release.Stayed);
    }

    [Fact]
    public void Warmup_is_the_age_up_to_which_pods_are_slower()
    {
        SimulatedPod[] pods = [.. Pods(4, 4), .. Enumerable.Range(0, 4).Select(i => new SimulatedPod($"web-6bd9c7d7d8-new0{i}", Start + Hour + (i * 25 * Minute), Start + (4 * Hour)) { Warmup = 3 * Minute })];
        var history = Count(new SimulatedService(Scrape, 3, pods), 4, Hour, Latency);
        var warmup = WarmupFinder.Find("latency", history.Grid, history.Measures[0], TypicalCounts.Of(history.Measures[0], 0, history.Grid.Count))!;
        Assert.Equal(4, warmup.Starts);
        Assert.NotNull(warmup.Seconds);
        Assert.InRange(warmup.Seconds.Value, 150, 240);
    }

    [Fact]
    public void Pods_without_a_warmup_have_none()
    {
        SimulatedPod[] pods = [.. Pods(4, 4), .. Enumerable.Range(0, 4).Select(i => new SimulatedPod($"web-6bd9c7d7d8-new0{i}", Start + Hour + (i * 25 * Minute), Start + (4 * Hour)))];
        var history = Count(new SimulatedService(Scrape, 3, pods), 4, Hour, Latency);
        Assert.Equal(0, WarmupFinder.Find("latency", history.Grid, history.Measures[0], TypicalCounts.Of(history.Measures[0], 0, history.Grid.Count))!.Seconds);
    }

    [Fact]
    public void Gaps_name_outages_restarts_and_pods_that_come_and_go()
    {
        SimulatedPod[] pods = [.. Pods(2, 3), new("web-6bd9c7d7d8-later", Start + Hour, Start + (2 * Hour)) { RestartsAt = Start + (90 * Minute) }];
        var service = new SimulatedService(Scrape, 3, pods);
        service.Outages.Add((Start + (40 * Minute), Start + (50 * Minute)));
        var gaps = HistoryFindings.Gaps(Count(service, 3, Hour, Errors));
        var hole = Assert.Single(gaps.Holes);
        Assert.InRange((hole.To - hole.From).TotalMinutes, 8, 12);
        Assert.Equal((3, 1, 1, 1), (gaps.Pods, gaps.Joined, gaps.Left, gaps.Resets));
        Assert.InRange(gaps.MissedShare, 0.02, 0.08);
    }

    [Fact]
    public void Timeline_has_traffic_errors_and_latency()
    {
        var history = Count(new SimulatedService(Scrape, 3, Pods(2, 3)), 3, Hour, Errors, Latency);
        var points = HistoryFindings.Timeline(history, Options(Errors, Latency), 50);
        Assert.InRange(points.Length, 30, 50);
        Assert.All(points, point => Assert.InRange(point.Requests!.Value, 30, 50));
        Assert.All(points, point => Assert.InRange(point.P50!.Value, 0.04, 0.06));
        Assert.All(points, point => Assert.InRange(point.ErrorShare!.Value, 0.002, 0.02));
    }

    [Fact]
    public void Lasting_difference_of_pods_is_told_from_chance()
    {
        double? Difference(params double[] shares)
        {
            var pods = Pods(shares.Length, 4).Zip(shares, (pod, share) => pod with { ErrorShare = share });
            var measure = Count(new SimulatedService(Scrape, 3, pods), Grid(4), MeasureKind.ErrorRate, 4, Hour);
            return HistoryFindings.PodDifference(measure, TypicalCounts.Of(measure, 0, Grid(4).Count), 1, 40);
        }

        Assert.InRange(Difference(0.01, 0.01, 0.01, 0.01)!.Value, 0, 0.05);
        Assert.InRange(Difference(0.005, 0.01, 0.01, 0.015)!.Value, 0.3, 0.6);
    }
}
