using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>
/// Decides which time a look may count: only between instants at which both sides have samples, never across a change of weights or pods, and
/// never over a hole of more than one look.
/// </summary>
public static class LookCounting
{
    /// <summary>Counts one measure at one look.</summary>
    public static CountedLook Count(MeasureSeries series, LookWindow window)
    {
        if (series is MeasureSeries.Values values) return ValueCounting.Count(values, window);
        var age = 2 * window.ScrapeInterval;
        var pace = Math.Max(window.Interval, window.ScrapeInterval);
        var after = Math.Max(window.At - Math.Min(age + 1, pace), window.Accepted ?? long.MinValue);
        var (canary, stable) = (series.Canary.Seen(after, window.At).ToHashSet(StringComparer.Ordinal), series.Stable.Seen(after, window.At).ToHashSet(StringComparer.Ordinal));
        if (Missing(series, canary.Count > 0, stable.Count > 0) is { } missing) return missing with { Accepted = window.Accepted };

        if (!ReferenceEquals(series.Canary, series.Stable) && series.Canary.Shared(series.Stable) is { } shared) return new CountedLook(window.At, [], CountingFlaw.SameSeries, SeriesChecks.Describe(shared));
        if (series.Unseen(after) is { } unseen) return new CountedLook(window.At, [], CountingFlaw.MissingLabel, unseen);
        if (window.Accepted is not { } from) return new CountedLook(window.At, [], CountingFlaw.FirstSight, "");
        if (window.At - from > 2 * pace) return new CountedLook(IsOver(series, window.At - age) ? window.At : from, [], CountingFlaw.Hole, "");

        var cuts = CutsSince(from, window);
        var merged = window.At - from > pace;
        if (merged && cuts.Count == 0 && !(Same(series.Canary, from, age, canary) && Same(series.Stable, from, age, stable)))
            return new CountedLook(window.At, [], CountingFlaw.Changed, "a pod joined or left while samples were missing");
        return CountParts(series, window, Parts(from, window, cuts));
    }

    /// <summary>The stable side's past in intervals of the same length, oldest first; what can't be counted is left out.</summary>
    /// <param name="stable">The stable side's series twice: there is no canary yet.</param>
    /// <param name="window">The looks' distances; <see cref="LookWindow.At"/> is where the past ends.</param>
    /// <param name="intervals">How many intervals to count.</param>
    public static ImmutableArray<CountedInterval> CountPast(MeasureSeries stable, LookWindow window, int intervals)
    {
        var past = ImmutableArray.CreateBuilder<CountedInterval>();
        long? accepted = null;
        var halves = window.Halves;
        for (var k = intervals; k >= 0; k--)
        {
            var look = Count(stable, window with { At = window.At - (k * window.Interval), Accepted = accepted, Halves = halves });
            accepted = look.Accepted;
            if (look.Intervals is [.., var last]) halves = last.Halves;
            past.AddRange(look.Intervals);
        }

        return past.ToImmutable();
    }

    /// <summary>What a look is without one of the sides that its measure needs; null where they are there.</summary>
    internal static CountedLook? Missing(MeasureSeries series, bool hasCanary, bool hasStable)
    {
        var (noCanary, noStable) = (!hasCanary, !hasStable && series.NeedsStable);
        if (!noCanary && !noStable) return null;
        var flaw = (noCanary && series.Canary.IsEmpty) || (noStable && series.Stable.IsEmpty) ? CountingFlaw.NoSeries : CountingFlaw.NotFresh;
        return new CountedLook(null, [], flaw, !noCanary ? "stable" : !noStable ? "canary" : "canary and stable");
    }

    internal static CountedLook CountParts(MeasureSeries series, LookWindow window, IEnumerable<CountingWindow> parts)
    {
        var intervals = ImmutableArray.CreateBuilder<CountedInterval>();
        var (flaw, detail, remark) = (CountingFlaw.None, "", "");
        var halves = window.Halves;
        foreach (var part in parts)
        {
            if (series is MeasureSeries.Errors or MeasureSeries.Buckets) halves = StableTraffic.Halves(halves, series.Stable, part);
            var counted = series.Count(part with { SeesNew = window.SeesNew ?? SeesNew(series, part), Halves = halves });
            if (counted.Counts is { } counts)
                intervals.Add(new CountedInterval(part.From, part.To, counts with { Span = TimeSpan.FromMilliseconds(part.To - part.From) }) { Targets = counted.Targets, Halves = halves });
            else (flaw, detail) = (counted.Flaw, counted.Detail);
            if (counted.Remark.Length > 0) remark = counted.Remark;
        }

        if (intervals.Count == 0 && flaw == CountingFlaw.None) (flaw, detail) = (CountingFlaw.Changed, "weights or pods changed");
        return new CountedLook(window.At, intervals.ToImmutable(), flaw, detail) { Remark = remark };
    }

    /// <summary>
    /// The stretches between changes. One ends with the last samples before a change; the next begins one scrape after it, as the samples around a change
    /// hold some of both.
    /// </summary>
    internal static IEnumerable<CountingWindow> Parts(long from, LookWindow window, List<long> cuts)
    {
        var (start, notBefore) = (from, long.MinValue);
        foreach (var cut in cuts)
        {
            if (cut > start) yield return new CountingWindow(start, cut, 2 * window.ScrapeInterval, notBefore) { SlowFrom = window.SlowFrom };
            (start, notBefore) = (Math.Max(start, cut + window.ScrapeInterval), cut);
        }

        if (window.At > start) yield return new CountingWindow(start, window.At, 2 * window.ScrapeInterval, notBefore) { SlowFrom = window.SlowFrom };
    }

    internal static List<long> CutsSince(long from, LookWindow window) => [.. window.Cuts.Where(cut => cut > from - window.ScrapeInterval && cut < window.At).Distinct().Order()];

    /// <summary>Whether the sides have samples of two scrapes ago, so that a hole is over for all of their targets: until then one may only not have had its turn.</summary>
    private static bool IsOver(MeasureSeries series, long before) =>
        series.Canary.Seen(long.MinValue, before).Any() && (!series.NeedsStable || series.Stable.Seen(long.MinValue, before).Any());

    /// <summary>
    /// Whether a target was scraped two to four scrapes before a stretch: one that was there then has had its turn, so that one without a sample wasn't there.
    /// </summary>
    private static bool SeesNew(MeasureSeries series, CountingWindow part)
    {
        var (after, until) = (part.From - (2 * part.MaxAge) - 1, part.From - part.MaxAge - 1);
        return series.Canary.Seen(after, until).Any() || series.Stable.Seen(after, until).Any();
    }

    private static bool Same(SeriesTable table, long from, long age, HashSet<string> now) => now.SetEquals(table.Seen(from - age - 1, from));
}
