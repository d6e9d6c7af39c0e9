using System.Collections.Immutable;
using CanaryAnalyzer.Core.Backtests.Histories;
using CanaryAnalyzer.Core.Backtests.Injections;
using CanaryAnalyzer.Core.Backtests.Results;

namespace CanaryAnalyzer.Core.Backtests.Findings;

/// <summary>Compares young pods' latency with that of older pods at the same time.</summary>
public static class WarmupFinder
{
    private static readonly TimeSpan LongestAge = TimeSpan.FromMinutes(20);

    /// <summary>The warm-up; null where fewer than three pods were seen to start beside older ones.</summary>
    /// <param name="name">The measure's name.</param>
    /// <param name="grid">The instants.</param>
    /// <param name="measure">A latency measure's history.</param>
    /// <param name="typical">Its counts over all of the history.</param>
    public static WarmupResult? Find(string name, HistoryGrid grid, MeasureHistoryCounts measure, TypicalCounts typical)
    {
        var most = (int)(LongestAge.TotalMilliseconds / grid.Interval);
        if (typical.Bounds.IsEmpty || typical.Total == 0 || most < 1) return null;
        var shares = typical.Shares;
        var bound = Enumerable.Range(0, typical.Bounds.Length).MinBy(b => Math.Abs(shares[(b + 1)..].Sum() - 0.1));
        var beginning = measure.Tracks.Min(track => track.First);
        var tracks = measure.Tracks.Where(track => track.Bounds.AsSpan().SequenceEqual(typical.Bounds.AsSpan())).ToList();
        var young = tracks.Where(track => track.First > beginning + 1).ToList();
        var (requests, slow, expected) = (new long[most], new long[most], new double[most]);
        var starts = 0;
        foreach (var pod in young)
        {
            var seen = false;
            for (var age = 0; age < Math.Min(most, pod.Length); age++)
            {
                var cells = pod.At(pod.First + age);
                var (all, over) = Older(tracks, pod.First + age, most, bound);
                if (cells.IsEmpty || all == 0) continue;
                seen = true;
                var (own, ownSlow) = Above(cells, bound);
                requests[age] += own;
                slow[age] += ownSlow;
                expected[age] += (double)own * over / all;
            }

            starts += seen ? 1 : 0;
        }

        if (starts < 3) return null;
        ImmutableArray<WarmupAge> ages = [.. Enumerable.Range(0, most).Where(age => requests[age] > 0).Select(age => new WarmupAge((age + 1) * grid.Interval / 1000.0, requests[age], slow[age], expected[age]))];
        var slowest = Beginning(ages);
        return new WarmupResult(name, starts, typical.Bounds[bound], ages, slowest < 0.75 * most * grid.Interval / 1000.0 ? slowest : null);
    }

    /// <summary>The age up to which pods were slower from the beginning on; one interval in between may be a chance.</summary>
    private static double Beginning(ImmutableArray<WarmupAge> ages)
    {
        var seconds = 0.0;
        for (var i = 0; i < ages.Length; i++)
        {
            if (ages[i].IsSlower) seconds = ages[i].Seconds;
            else if (i > 0 && !ages[i - 1].IsSlower) break;
        }

        return seconds;
    }

    private static (long All, long Over) Older(List<PodTrack> tracks, int index, int age, int bound)
    {
        long all = 0, over = 0;
        foreach (var track in tracks)
        {
            // What began with the history may be young, too, but is old after the longest age.
            if (track.First > index - age) continue;
            var (requests, slow) = Above(track.At(index), bound);
            all += requests;
            over += slow;
        }

        return (all, over);
    }

    private static (long All, long Over) Above(ReadOnlySpan<int> cells, int bound)
    {
        long all = 0, over = 0;
        for (var b = 0; b < cells.Length; b++)
        {
            all += cells[b];
            if (b > bound) over += cells[b];
        }

        return (all, over);
    }
}
