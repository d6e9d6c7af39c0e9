using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>One target's series, by the scrape job that they come from.</summary>
internal sealed class TargetSeries
{
    private readonly ImmutableSortedDictionary<string, ImmutableArray<RawSeries>> _byJob;

    public TargetSeries(IEnumerable<RawSeries> series) =>
        _byJob = series.GroupBy(one => one.Label("job"), StringComparer.Ordinal)
            .ToImmutableSortedDictionary(group => group.Key, group => RelabelledSeries.Joined([.. group]), StringComparer.Ordinal);

    /// <summary>All series of all jobs.</summary>
    public IEnumerable<RawSeries> All => _byJob.Values.SelectMany(series => series);

    /// <summary>The series of the first job by name: where a query still names jobs, two of them mean the same target twice.</summary>
    public ImmutableArray<RawSeries> FirstJob => _byJob.First().Value;

    /// <summary>The series that count: those of one job, as two jobs that scrape the same target would count everything twice.</summary>
    /// <param name="window">The interval; the job that shows most of it is taken.</param>
    /// <param name="job">A job to prefer; afterwards the one that was taken.</param>
    public ImmutableArray<RawSeries> Counting(CountingWindow window, ref string? job)
    {
        if (job is not null && _byJob.TryGetValue(job, out var same)) return same;
        job = null;
        var least = TargetStanding.Gone;
        foreach (var (name, series) in _byJob)
        {
            var standing = Standing(series, window);
            if (job is not null && standing >= least) continue;
            (job, least) = (name, standing);
        }

        return _byJob[job ?? ""];
    }

    /// <summary>
    /// The scraped ports of a target (label <c>instance</c>) whose series count: those that were there at the window's beginning, or began within it. A target may have
    /// several, and one that misses scrapes is no restart of the others.
    /// </summary>
    public static HashSet<string> CountingPorts(IEnumerable<RawSeries> series, CountingWindow window) =>
        series.GroupBy(PortOf, StringComparer.Ordinal).Where(port => Standing(port, window) is TargetStanding.Continuing or TargetStanding.New).Select(port => port.Key).ToHashSet(StringComparer.Ordinal);

    /// <summary>The scraped port of a series; empty where it is not told.</summary>
    public static string PortOf(RawSeries series) => series.Label("instance");

    private static TargetStanding Standing(IEnumerable<RawSeries> series, CountingWindow window)
    {
        var (here, before, older) = (false, false, false);
        foreach (var samples in series.Select(one => one.Samples))
        {
            var last = CounterIncrease.LastAt(samples, window.To);
            if (last < 0) continue;
            here |= samples[last].At > window.From;
            before |= CounterIncrease.BaselineAt(samples, window) >= 0;
            older |= samples[0].At <= window.From;
        }

        if (!here) return TargetStanding.Gone;
        return before ? TargetStanding.Continuing : older || !window.SeesNew ? TargetStanding.Baseline : TargetStanding.New;
    }
}
