using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>An interval's counts in the buckets of a measure.</summary>
internal sealed class BucketInterval
{
    private BucketInterval(long[] canary, BucketPair halves, BucketInterval[]? strata)
    {
        Canary = canary;
        Halves = halves;
        Stable = Buckets.Add(halves.A, halves.B);
        CanaryTotal = Buckets.Total(canary);
        StableTotal = Buckets.Total(Stable);
        IsStratified = strata is not null;
        Compared = strata ?? [this];
    }

    /// <summary>The canary's.</summary>
    public long[] Canary { get; }

    /// <summary>The stable side's.</summary>
    public long[] Stable { get; }

    /// <summary>Those of the two halves of the stable side.</summary>
    public BucketPair Halves { get; }

    /// <summary>The sum of the canary's.</summary>
    public long CanaryTotal { get; }

    /// <summary>The sum of the stable side's.</summary>
    public long StableTotal { get; }

    /// <summary>Whether the counts are compared apart by a label.</summary>
    public bool IsStratified { get; }

    /// <summary>What is compared: the strata, or without any the interval itself.</summary>
    public BucketInterval[] Compared { get; }

    /// <summary>An interval in which nothing happened.</summary>
    public static BucketInterval Empty(int buckets)
    {
        var nothing = new long[buckets];
        return new(nothing, new(nothing, nothing), null);
    }

    /// <summary>The counts in the given bounds; null where there are none, or where their buckets don't fit.</summary>
    public static BucketInterval? Of(MeasureCounts? counts, MeasureKind kind, ImmutableArray<double> bounds)
    {
        if (counts is null || (kind == MeasureKind.Latency && bounds.IsEmpty))
            return null;
        var canary = Buckets.Of(counts.Canary, kind, counts.BucketBounds, bounds);
        var a = Buckets.Of(counts.StableA, kind, counts.BucketBounds, bounds);
        var b = Buckets.Of(counts.StableB, kind, counts.BucketBounds, bounds);
        if (canary is null || a is null || b is null)
            return null;
        if (counts.Strata.IsDefaultOrEmpty)
            return new(canary, new(a, b), null);
        var strata = new BucketInterval[counts.Strata.Length];
        for (var i = 0; i < strata.Length; i++)
        {
            if (Of(counts.Strata[i] with { Strata = [] }, kind, bounds) is not { } stratum)
                return null;
            strata[i] = stratum;
        }

        return new(canary, new(a, b), strata);
    }
}
