using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>An interval's counts in the buckets of a measure.</summary>
/// <param name="Canary">The canary's.</param>
/// <param name="Halves">Those of the two halves of the stable side.</param>
internal sealed record BucketInterval(ImmutableArray<long> Canary, BucketPair Halves)
{
    /// <summary>The stable side's.</summary>
    public ImmutableArray<long> Stable { get; } = Buckets.Add(Halves.A, Halves.B);

    /// <summary>The counts in the given bounds; null where there are none, or where their buckets don't fit.</summary>
    public static BucketInterval? Of(MeasureCounts? counts, MeasureKind kind, ImmutableArray<double> bounds)
    {
        if (counts is null || (kind == MeasureKind.Latency && bounds.IsEmpty))
            return null;
        var canary = Buckets.Of(counts.Canary, kind, counts.BucketBounds, bounds);
        var a = Buckets.Of(counts.StableA, kind, counts.BucketBounds, bounds);
        var b = Buckets.Of(counts.StableB, kind, counts.BucketBounds, bounds);
        return canary is { } c && a is { } first && b is { } second ? new(c, new(first, second)) : null;
    }
}
