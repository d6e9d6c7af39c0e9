using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Backtests.Histories;
using CanaryAnalyzer.Core.Backtests.Injections;
using CanaryAnalyzer.Core.Backtests.Results;

namespace CanaryAnalyzer.Core.Backtests.Findings;

/// <summary>What history itself says, before anything is judged.</summary>
public static class HistoryFindings
{
    /// <summary>What is missing or broken.</summary>
    public static Gaps Gaps(CountedHistory history)
    {
        var (first, end) = (history.FirstCounted, history.LastCounted);
        var tracks = history.Measures.MaxBy(measure => measure.Tracks.Length)!.Tracks;
        var pods = tracks.GroupBy(track => track.Pod, StringComparer.Ordinal).Select(group => (First: group.Min(track => track.First), End: group.Max(track => track.End))).ToList();
        var alive = new bool[Math.Max(0, end - first)];
        long expected = 0, missed = 0;
        foreach (var track in tracks)
        {
            for (var index = track.First; index < track.End; index++)
            {
                expected++;
                if (track.At(index).IsEmpty) missed++;
                else alive[index - first] = true;
            }
        }

        return new Gaps
        {
            Holes = Holes(history.Grid, alive, first),
            MissedShare = expected > 0 ? (double)missed / expected : 0,
            Resets = history.Measures.Max(measure => measure.Resets),
            Pods = pods.Count,
            Joined = pods.Count(pod => pod.First > first + 1),
            Left = pods.Count(pod => pod.End < end - 1),
        };
    }

    /// <summary>Requests of all pods in each interval that has counts.</summary>
    public static Spread? RequestsALook(CountedHistory history)
    {
        var tracks = history.Measures[0].Tracks;
        var (first, end) = (history.FirstCounted, history.LastCounted);
        var sums = new long[Math.Max(0, end - first)];
        foreach (var track in tracks)
        {
            for (var index = track.First; index < track.End; index++) sums[index - first] += track.Requests(index);
        }

        return Spread.Of(sums.Where(sum => sum > 0).Select(sum => (double)sum));
    }

    /// <summary>The history in at most so many points.</summary>
    public static ImmutableArray<TimelinePoint> Timeline(CountedHistory history, JudgeOptions options, int most)
    {
        var (first, end) = (history.FirstCounted, history.LastCounted);
        if (end <= first) return [];
        var step = Math.Max(1, (int)Math.Ceiling((end - first) / (double)most));
        var errors = IndexOf(options, MeasureKind.ErrorRate) is var e and >= 0 ? e : IndexOf(options, MeasureKind.Limit);
        var latency = IndexOf(options, MeasureKind.Latency);
        var points = ImmutableArray.CreateBuilder<TimelinePoint>();
        for (var from = first; from < end; from += step)
        {
            var until = Math.Min(end, from + step);
            var one = errors >= 0 ? TypicalCounts.Of(history.Measures[errors], from, until) : null;
            var other = latency >= 0 ? TypicalCounts.Of(history.Measures[latency], from, until) : null;
            var requests = one?.Total ?? other?.Total ?? 0;
            points.Add(new TimelinePoint(
                history.Grid.TimeAt(from - 1),
                requests > 0 ? requests * 1000.0 / ((until - from) * history.Grid.Interval) : null,
                one is { Total: > 0 } ? one.ErrorShare : null,
                Known(other?.Quantile(0.5)),
                Known(other?.Quantile(0.99)),
                history.Measures[0].Tracks.Count(track => track.First < until && track.End > from)));
        }

        return points.ToImmutable();
    }

    /// <summary>
    /// How much the pods differ for good (<see cref="MeasureFigures.PodDifference"/>): the variance of their shares less what chance, toned up by the dispersion, would
    /// give, by the method of moments. Pods are compared within their version, and without the intervals after their start.
    /// </summary>
    /// <param name="measure">The measure's history.</param>
    /// <param name="typical">Its counts over all of the history.</param>
    /// <param name="dispersion">The noise within intervals; at least 1.</param>
    /// <param name="warm">How many intervals after a pod's start are left out.</param>
    public static double? PodDifference(MeasureHistoryCounts measure, TypicalCounts typical, double dispersion, int warm)
    {
        const int fewest = 30;
        var bound = typical.Bounds.IsEmpty ? -1 : Enumerable.Range(0, typical.Bounds.Length).MinBy(b => Math.Abs(typical.Shares[(b + 1)..].Sum() - 0.1));
        var share = typical.Bounds.IsEmpty ? typical.ErrorShare : typical.Shares[(bound + 1)..].Sum();
        if (!(share > 0)) return null;
        var versions = measure.Tracks.Where(track => track.Bounds.AsSpan().SequenceEqual(typical.Bounds.AsSpan())).GroupBy(track => track.Version, StringComparer.Ordinal)
            .Select(version => version.GroupBy(track => track.Pod, StringComparer.Ordinal).Select(pod => Totals(pod, bound, warm)).Where(pod => pod.All * share >= fewest).ToList())
            .Where(pods => pods.Count >= 3).ToList();
        if (versions.Count == 0) return null;
        return Math.Sqrt(Math.Max(0, versions.Sum(pods => (pods.Count - 1) * Difference(pods, dispersion)) / versions.Sum(pods => pods.Count - 1)));
    }

    /// <summary>The squared difference of one version's pods, as a part of their mean share.</summary>
    private static double Difference(List<(long All, long Bad)> pods, double dispersion)
    {
        var mean = (double)pods.Sum(pod => pod.Bad) / pods.Sum(pod => pod.All);
        if (!(mean > 0)) return 0;
        var between = pods.Sum(pod => Math.Pow(((double)pod.Bad / pod.All) - mean, 2) - (dispersion * mean * (1 - mean) / pod.All)) / (pods.Count - 1);
        return between / mean / mean;
    }

    private static (long All, long Bad) Totals(IEnumerable<PodTrack> tracks, int bound, int warm)
    {
        long all = 0, bad = 0;
        foreach (var track in tracks)
        {
            for (var index = track.First + warm; index < track.End; index++)
            {
                var cells = track.At(index);
                if (cells.IsEmpty) continue;
                all += track.Requests(index);
                if (bound < 0) bad += cells[1];
                else for (var b = bound + 1; b < cells.Length; b++) bad += cells[b];
            }
        }

        return (all, bad);
    }

    private static ImmutableArray<(DateTimeOffset From, DateTimeOffset To)> Holes(HistoryGrid grid, bool[] alive, int first)
    {
        var holes = ImmutableArray.CreateBuilder<(DateTimeOffset From, DateTimeOffset To)>();
        for (var i = 0; i < alive.Length; i++)
        {
            if (alive[i]) continue;
            var start = i;
            while (i < alive.Length && !alive[i]) i++;
            holes.Add((grid.TimeAt(first + start - 1), grid.TimeAt(first + i - 1)));
        }

        return holes.ToImmutable();
    }

    private static int IndexOf(JudgeOptions options, MeasureKind kind) =>
        Enumerable.Range(0, options.Measures.Length).Where(i => options.Measures[i].Kind == kind).DefaultIfEmpty(-1).First();

    private static double? Known(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
