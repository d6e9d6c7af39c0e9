using System.Collections.Immutable;
using System.Globalization;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>Takes the mean of each pod's values within an interval. Values aren't cumulative: a look that has none is left out, not merged into the next.</summary>
public static class ValueCounting
{
    /// <summary>So many past values of a pod are wanted at least; pods with fewer are left out where others have them.</summary>
    public const int LeastPast = 60;

    internal static CountedLook Count(MeasureSeries.Values series, LookWindow window)
    {
        var from = window.At - window.Interval;
        var (canary, stable) = (Means(series.Canary, from, window.At), Means(series.Stable, from, window.At));
        if (LookCounting.Missing(series, canary.Count > 0, stable.Count > 0) is { } missing)
        {
            var isNaN = missing.Flaw == CountingFlaw.NotFresh && AllNaN(missing.Detail == "stable" ? series.Stable : series.Canary, from, window.At);
            return missing with { Accepted = window.Accepted, Flaw = isNaN ? CountingFlaw.NotANumber : missing.Flaw };
        }

        if ((Doubled(series.Canary) ?? Doubled(series.Stable)) is { } doubled) return new CountedLook(window.At, [], CountingFlaw.SeveralSeries, doubled);
        if (window.Accepted is null) return new CountedLook(window.At, [], CountingFlaw.FirstSight, "");
        return LookCounting.CountParts(series, window, LookCounting.Parts(from, window, LookCounting.CutsSince(from, window)));
    }

    internal static Counted Within(MeasureSeries.Values series, CountingWindow window)
    {
        var (canary, stable) = (Means(series.Canary, window.From, window.To), Means(series.Stable, window.From, window.To));
        return canary.Count == 0 || stable.Count == 0
            ? Counted.Refused(CountingFlaw.Changed, "weights or pods changed")
            : Counted.Of(new MeasureCounts(SideCounts.None, SideCounts.None, SideCounts.None) { Values = new SeriesValues([.. canary.Values], [.. stable.Values]) });
    }

    /// <summary>The past of each pod in means of an interval, an array a pod, oldest first, all of one length and without a gap up to the end.</summary>
    /// <param name="stable">The stable side's values.</param>
    /// <param name="end">Where the past ends, in milliseconds.</param>
    /// <param name="interval">The distance of the looks.</param>
    /// <param name="intervals">How many intervals to take at most.</param>
    public static ImmutableArray<ImmutableArray<double>> Past(SeriesTable stable, long end, long interval, int intervals)
    {
        if (Doubled(stable) is not null) return [];
        var pods = new List<List<double>>();
        foreach (var target in stable.Targets.Values)
        {
            var means = new List<double>();
            for (var k = 0; k < intervals && Mean(target, end - ((k + 1) * interval), end - (k * interval)) is { } mean; k++) means.Add(mean);
            if (means.Count > 0) pods.Add(means);
        }

        if (pods.Count == 0) return [];
        var isLong = pods.Any(pod => pod.Count >= LeastPast);
        var kept = pods.Where(pod => !isLong || pod.Count >= LeastPast).ToList();
        var length = kept.Min(pod => pod.Count);
        return [.. kept.Select(pod => pod.Take(length).Reverse().ToImmutableArray())];
    }

    private static SortedDictionary<string, double> Means(SeriesTable table, long from, long to)
    {
        var means = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (key, target) in table.Targets)
        {
            if (Mean(target, from, to) is { } mean) means[key] = mean;
        }

        return means;
    }

    private static double? Mean(TargetSeries target, long from, long to)
    {
        var (sum, count) = (0.0, 0);
        foreach (var sample in target.FirstJob.SelectMany(series => series.Samples))
        {
            if (sample.At <= from || sample.At > to || !double.IsFinite(sample.Value)) continue;
            sum += sample.Value;
            count++;
        }

        return count == 0 ? null : sum / count;
    }

    private static bool AllNaN(SeriesTable table, long from, long to) =>
        table.Targets.Values.SelectMany(target => target.All).SelectMany(series => series.Samples).Any(sample => sample.At > from && sample.At <= to && !double.IsFinite(sample.Value));

    private static string? Doubled(SeriesTable table)
    {
        foreach (var (key, target) in table.Targets)
        {
            if (target.FirstJob.Length > 1) return string.Create(CultureInfo.InvariantCulture, $"{target.FirstJob.Length} series of {(key.Length == 0 ? "a side" : key)}");
        }

        return null;
    }
}
