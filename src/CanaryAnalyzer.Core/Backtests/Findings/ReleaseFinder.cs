using System.Collections.Frozen;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Backtests.Histories;
using CanaryAnalyzer.Core.Backtests.Replays;
using CanaryAnalyzer.Core.Backtests.Results;

namespace CanaryAnalyzer.Core.Backtests.Findings;

/// <summary>Finds past releases by versions that appear beside others, and lets the judge look at them.</summary>
public static class ReleaseFinder
{
    /// <summary>
    /// How many intervals before a version appears another must have been there to be the one that it replaces. Of several it is the one with the most requests in as many
    /// intervals after: pods of a version that was replaced shortly before may still stand, without any.
    /// </summary>
    private const int Near = 20;

    /// <summary>The releases, oldest first.</summary>
    /// <param name="history">The counts.</param>
    /// <param name="options">How it is judged.</param>
    /// <param name="past">Intervals of history before each.</param>
    public static IEnumerable<ReleaseResult> Find(CountedHistory history, JudgeOptions options, int past)
    {
        var versions = history.Tracks.Where(track => track.Version.Length > 0).GroupBy(track => track.Version, StringComparer.Ordinal)
            .Select(group => (Version: group.Key, First: group.Min(track => track.First), End: group.Max(track => track.End), Tracks: group.ToList()))
            .OrderBy(version => version.First).ThenBy(version => version.Version, StringComparer.Ordinal).ToList();
        for (var i = 1; i < versions.Count; i++)
        {
            var now = versions[i];
            var others = versions.Where(other => other.First < now.First && other.End > now.First - Near).ToList();
            if (others.Count == 0) continue;
            var before = others.OrderByDescending(other => Requests(other.Tracks, now.First, now.End)).ThenByDescending(other => Requests(other.Tracks, Math.Max(0, now.First - Near), now.First)).First();
            var end = Math.Min(now.End, before.End);
            var release = new ReleaseResult
            {
                Version = now.Version,
                Before = before.Version,
                At = history.Grid.TimeAt(now.First - 1),
                SecondsTogether = Math.Max(0, end - now.First) * options.Interval.TotalSeconds,
                Stayed = now.End > before.End,
                LargestShare = LargestShare(now.Tracks, before.Tracks, now.First, end),
            };
            yield return end <= now.First ? release : Judged(release, history, options, new ReplayWindow(now.First - 1, end - now.First, past), new Sides(Names(now.Tracks), Names(before.Tracks), 1));
        }
    }

    private static long Requests(List<PodTrack> tracks, int from, int end) =>
        tracks.Sum(track => Enumerable.Range(from, Math.Min(Near, end - from)).Sum(track.Requests));

    private static ReleaseResult Judged(ReleaseResult release, CountedHistory history, JudgeOptions options, ReplayWindow window, Sides sides)
    {
        if (options.MaxDuration is { } most) window = window with { Looks = Math.Min(window.Looks, (int)(most / options.Interval)) };
        var replay = Replay.Of(WindowCounting.Count(history, options, window, sides, Draws.Of(0)), options);
        return release with { Verdict = replay.Verdict, SecondsToVerdict = replay.Elapsed.TotalSeconds, Sentence = replay.Sentence };
    }

    private static double LargestShare(List<PodTrack> now, List<PodTrack> before, int from, int end)
    {
        var largest = 0.0;
        for (var index = from; index < end; index++)
        {
            double one = now.Sum(track => track.Requests(index)), other = before.Sum(track => track.Requests(index));
            if (one + other > 0 && other > 0) largest = Math.Max(largest, one / (one + other));
        }

        return largest;
    }

    private static FrozenSet<string> Names(List<PodTrack> tracks) => tracks.Select(track => track.Pod).ToFrozenSet(StringComparer.Ordinal);
}
