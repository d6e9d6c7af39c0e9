using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>Small questions to series and counts.</summary>
internal static class SeriesChecks
{
    /// <summary>The largest count that is taken for one. A counter that went below 0 and wrapped around is at 2^64; sums of what is smaller than this never overflow.</summary>
    public const double LargestCount = 1e15;

    /// <summary>A series as people write it, its noise aside.</summary>
    public static string Describe(RawSeries series) =>
        series.Label("__name__") + "{" + string.Join(",", series.Labels.Where(label => label.Key != "__name__").OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}=\"{label.Value}\"")) + "}";

    /// <summary>The first sample in use that is no counter's value.</summary>
    public static (CountingFlaw Flaw, string Detail) Check(RawSeries series, CountingWindow window)
    {
        foreach (var sample in series.Samples)
        {
            if (sample.At < window.From - window.MaxAge || sample.At > window.To) continue;
            if (!double.IsFinite(sample.Value)) return (CountingFlaw.NotANumber, Describe(series));
            if (sample.Value < 0) return (CountingFlaw.Negative, Describe(series));
            if (sample.Value > LargestCount) return (CountingFlaw.TooLarge, Describe(series));
        }

        return (CountingFlaw.None, "");
    }

    public static SideCounts Plus(this SideCounts one, SideCounts other) => new(one.Requests + other.Requests, one.Errors + other.Errors, Sum(one.Buckets, other.Buckets));

    private static ImmutableArray<long> Sum(ImmutableArray<long> one, ImmutableArray<long> other) =>
        one.IsEmpty ? other : other.IsEmpty ? one : [.. one.Zip(other, (a, b) => a + b)];
}
