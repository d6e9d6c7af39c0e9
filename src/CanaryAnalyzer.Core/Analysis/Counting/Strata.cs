using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>Brings the two sides' counts together, kept apart by the values of labels where a measure asks for that.</summary>
internal static class Strata
{
    /// <summary>How many strata there are at most; those with the fewest requests share the last one.</summary>
    public const int Most = 50;

    /// <summary>The stratum of a series: the values of the labels; the empty text where there are no labels.</summary>
    public static string Of(RawSeries series, ImmutableArray<string> by) => by.IsEmpty ? "" : string.Join('\u0001', by.Select(series.Label));

    /// <summary>The counts of both sides and, with labels, those of each stratum in the order of their values.</summary>
    public static MeasureCounts Counts(SideSums canary, SideSums stable, ImmutableArray<string> by, ImmutableArray<double> bounds)
    {
        var total = Counts(canary.Total, stable.Total, bounds);
        if (by.IsEmpty) return total;

        // Which strata are pooled depends on the requests alone, never on how they ended: a choice by outcome would be no evidence.
        var bySize = canary.Strata.Keys.Union(stable.Strata.Keys, StringComparer.Ordinal)
            .OrderByDescending(key => Requests(canary.Of(key)) + Requests(stable.Of(key))).ThenBy(key => key, StringComparer.Ordinal).ToList();
        var apart = bySize.Count <= Most ? bySize : bySize[..(Most - 1)];
        var strata = apart.Order(StringComparer.Ordinal).Select(key => Counts(canary.Of(key), stable.Of(key), bounds));
        if (bySize.Count > Most)
        {
            var rest = bySize[(Most - 1)..];
            strata = strata.Append(Counts(SideSums.Sum(rest.Select(canary.Of)), SideSums.Sum(rest.Select(stable.Of)), bounds));
        }

        return total with { Strata = [.. strata] };
    }

    private static MeasureCounts Counts((SideCounts First, SideCounts Second) canary, (SideCounts First, SideCounts Second) stable, ImmutableArray<double> bounds) =>
        new(Filled(canary.First.Plus(canary.Second), bounds), Filled(stable.First, bounds), Filled(stable.Second, bounds)) { BucketBounds = bounds };

    /// <summary>A side without any histogram has empty buckets, as many as the other.</summary>
    private static SideCounts Filled(SideCounts counts, ImmutableArray<double> bounds) =>
        counts.Buckets.IsEmpty && !bounds.IsEmpty ? SideCounts.OfBuckets([.. Enumerable.Repeat(0L, bounds.Length + 1)]) : counts;

    private static long Requests((SideCounts First, SideCounts Second) counts) => counts.First.Requests + counts.Second.Requests;
}
