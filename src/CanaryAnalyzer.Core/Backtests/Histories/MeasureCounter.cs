using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Backtests.Histories;

/// <summary>
/// Counts one measure's history chunk by chunk, each pod by itself and by the rules of a live comparison; of the samples only the last minutes are kept.
/// Not thread-safe.
/// </summary>
/// <param name="grid">The instants.</param>
/// <param name="kind">ErrorRate, Limit (both from requests and errors) or Latency (from buckets).</param>
/// <param name="targetLabel">The label that names a pod; null: <c>pod</c>, else <c>instance</c>.</param>
/// <param name="needed">The labels that requests must have for their failures to be seen.</param>
public sealed class MeasureCounter(HistoryGrid grid, MeasureKind kind, string? targetLabel, ImmutableHashSet<string> needed)
{
    private readonly SortedDictionary<string, PodSamples> _pods = new(StringComparer.Ordinal);
    private readonly SortedDictionary<CountingFlaw, (int Times, string Detail)> _flaws = [];
    private readonly List<PodTrack> _tracks = [];
    private readonly bool[] _seesNew = new bool[grid.Count];
    private long _until = long.MinValue / 2;
    private ImmutableHashSet<string> _needed = needed;
    private int _resets;

    /// <summary>Latency: the unit of the histogram.</summary>
    public LatencyUnit Unit { get; init; }

    /// <summary>Adds the samples of the next stretch of time; stretches come in order and without a hole.</summary>
    /// <param name="until">The stretch's end, in milliseconds since 1970, which belongs to it.</param>
    /// <param name="primary">Series of the requests, or of the histogram's buckets.</param>
    /// <param name="errors">Series of the failed requests; empty for latency.</param>
    public void Add(long until, IEnumerable<RawSeries> primary, IEnumerable<RawSeries> errors)
    {
        foreach (var series in primary) PodOf(series).Add(series, isError: false);
        foreach (var series in errors) PodOf(series).Add(series, isError: true);
        var next = grid.FirstAfter(_until);
        var end = Math.Min(grid.FirstAfter(until), grid.Count);
        _needed = _needed.Except(_pods.Values.SelectMany(pod => pod.Optional(_needed)));
        foreach (var pod in _pods.Values) pod.Prepare(kind, targetLabel, _needed, Unit);
        if (_pods.Values.FirstOrDefault(pod => pod.HasErrorsAlone) is { } elsewhere) AddFlaw(CountingFlaw.ErrorsElsewhere, elsewhere.Name);
        for (var i = next; i < end; i++) _seesNew[i] = SeesNew(grid.At(i));
        foreach (var pod in _pods.Values)
        {
            for (var i = next; i < end; i++) Count(pod, i);
            _resets += pod.CountResets(_until);
            pod.Forget(until - grid.Back);
        }

        _until = until;
    }

    /// <summary>Everything that was counted.</summary>
    public MeasureHistoryCounts Counts() => new([.. _tracks], _resets, [.. _flaws.Select(flaw => (flaw.Key, flaw.Value.Times, flaw.Value.Detail))]);

    private PodSamples PodOf(RawSeries series)
    {
        var name = SeriesTable.Of([series], targetLabel).Seen(long.MinValue, long.MaxValue).FirstOrDefault() ?? "";
        if (!_pods.TryGetValue(name, out var pod)) _pods[name] = pod = new PodSamples(name, PodVersion.Of(name, series));
        return pod;
    }

    private void Count(PodSamples pod, int index)
    {
        if (pod.Series is not { } series || !pod.SeenWithin(grid.At(index) - (2 * (grid.Interval + grid.Scrape)), grid.At(index))) return;

        // A pod that was never seen before counts from 0, if others show that it would have been seen.
        if (!pod.IsKnown && index > 0 && _seesNew[index - 1] && !pod.SeenWithin(long.MinValue, grid.At(index - 1))) pod.Accepted = grid.At(index - 1);
        var seesNew = pod.Accepted is { } from && _seesNew[grid.FirstAfter(from) - 1];
        var look = LookCounting.Count(series, new LookWindow { At = grid.At(index), Interval = grid.Interval, ScrapeInterval = grid.Scrape, Accepted = pod.Accepted, SeesNew = seesNew });
        pod.Accepted = look.Accepted;
        if (look.Flaw is not (CountingFlaw.None or CountingFlaw.FirstSight or CountingFlaw.NotFresh or CountingFlaw.NoSeries)) AddFlaw(look.Flaw, look.Detail);
        foreach (var interval in look.Intervals) TrackOf(pod, index, interval.Counts.BucketBounds).Append(index, interval.Counts.Canary);
    }

    private void AddFlaw(CountingFlaw flaw, string detail) => _flaws[flaw] = _flaws.TryGetValue(flaw, out var known) ? (known.Times + 1, known.Detail) : (1, detail);

    /// <summary>Whether pods are scraped at an instant, and were for some scrapes before it: one that is there has had its turn.</summary>
    private bool SeesNew(long at) =>
        _pods.Values.Any(pod => pod.SeenWithin(at - Math.Max(grid.Interval, grid.Scrape), at)) && _pods.Values.Any(pod => pod.SeenWithin(at - (4 * grid.Scrape) - 1, at - (2 * grid.Scrape) - 1));

    private PodTrack TrackOf(PodSamples pod, int index, ImmutableArray<double> bounds)
    {
        if (pod.Track is { } track && track.Bounds.AsSpan().SequenceEqual(bounds.AsSpan())) return track;
        var shared = _tracks.Count > 0 && _tracks[^1].Bounds.AsSpan().SequenceEqual(bounds.AsSpan()) ? _tracks[^1].Bounds : bounds;
        pod.Track = new PodTrack(pod.Name, pod.Version, index, shared);
        _tracks.Add(pod.Track);
        return pod.Track;
    }
}
