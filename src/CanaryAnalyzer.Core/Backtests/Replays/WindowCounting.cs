using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Backtests.Histories;

namespace CanaryAnalyzer.Core.Backtests.Replays;

/// <summary>Adds up the pods of both sides over a window.</summary>
public static class WindowCounting
{
    /// <summary>What a replay sees of each measure.</summary>
    /// <param name="history">The counts a pod.</param>
    /// <param name="options">How it is judged; its measures are those of the history.</param>
    /// <param name="window">The stretch of time.</param>
    /// <param name="sides">Who is who.</param>
    /// <param name="draws">Where chance comes from, for requests that are not kept.</param>
    public static ImmutableArray<MeasureWindow> Count(CountedHistory history, JudgeOptions options, ReplayWindow window, Sides sides, Draws draws) =>
        [.. history.Measures.Select((measure, i) => Count(measure, options.Measures[i].Kind, window, sides, draws))];

    private static MeasureWindow Count(MeasureHistoryCounts measure, MeasureKind kind, ReplayWindow window, Sides sides, Draws draws)
    {
        var tracks = measure.Tracks.Where(track => track.First < window.End && track.End > window.From)
            .Where(track => sides.PartOf(track.Pod, StableHalves.None) >= 0).ToList();
        var bounds = SharedBounds(tracks);
        var width = kind == MeasureKind.Latency ? bounds.Length + 1 : 2;
        var maps = tracks.ConvertAll(track => MapOf(track.Bounds, bounds));
        var halves = StableHalves.None;
        var intervals = ImmutableArray.CreateBuilder<AaInterval>();
        var looks = ImmutableArray.CreateBuilder<MeasureCounts?>(window.Looks);
        for (var index = window.From; index < window.End; index++)
        {
            halves = halves.With([.. tracks.Where(track => sides.Stable.Contains(track.Pod) && !track.At(index).IsEmpty).Select(track => (track.Pod, (double)track.Requests(index)))]);
            var parts = new long[3 * width];
            var seen = new bool[3];
            for (var t = 0; t < tracks.Count; t++)
            {
                var cells = tracks[t].At(index);
                if (cells.IsEmpty) continue;
                var part = sides.PartOf(tracks[t].Pod, halves);
                seen[part] = true;
                for (var c = 0; c < cells.Length; c++) parts[(part * width) + maps[t][c]] += cells[c];
            }

            var (first, second) = (SideOf(parts.AsSpan(width, width), kind), SideOf(parts.AsSpan(2 * width, width), kind));
            if (index <= window.Start)
            {
                if (seen[1] || seen[2]) intervals.Add(new AaInterval(first, second));
                continue;
            }

            Keep(parts.AsSpan(0, width), kind, sides.Kept, draws);
            looks.Add(seen[0] && (seen[1] || seen[2]) ? new MeasureCounts(SideOf(parts.AsSpan(0, width), kind), first, second) { BucketBounds = bounds } : null);
        }

        return new MeasureWindow(kind, new MeasureHistory(intervals.ToImmutable(), bounds), looks.ToImmutable());
    }

    private static SideCounts SideOf(ReadOnlySpan<long> cells, MeasureKind kind) =>
        kind == MeasureKind.Latency ? SideCounts.OfBuckets([.. cells]) : SideCounts.OfErrors(cells[0], cells[1]);

    private static void Keep(Span<long> cells, MeasureKind kind, double kept, Draws draws)
    {
        if (kept >= 1) return;
        if (kind == MeasureKind.Latency)
        {
            for (var b = 0; b < cells.Length; b++) cells[b] = draws.Binomial(cells[b], kept);
            return;
        }

        var (good, bad) = (draws.Binomial(cells[0] - cells[1], kept), draws.Binomial(cells[1], kept));
        (cells[0], cells[1]) = (good + bad, bad);
    }

    /// <summary>The bounds that all histograms have.</summary>
    private static ImmutableArray<double> SharedBounds(IEnumerable<PodTrack> tracks)
    {
        ImmutableArray<double>? shared = null;
        foreach (var bounds in tracks.Select(track => track.Bounds).Distinct())
            shared = shared is { } known ? [.. known.Where(bound => bounds.Contains(bound))] : bounds;
        return shared ?? [];
    }

    /// <summary>The place of each of a track's numbers among the window's.</summary>
    private static int[] MapOf(ImmutableArray<double> from, ImmutableArray<double> to)
    {
        if (from.IsEmpty) return [0, 1];
        var map = new int[from.Length + 1];
        var at = 0;
        for (var b = 0; b < map.Length; b++)
        {
            map[b] = at;
            if (b < from.Length && at < to.Length && from[b].Equals(to[at])) at++;
        }

        return map;
    }
}
