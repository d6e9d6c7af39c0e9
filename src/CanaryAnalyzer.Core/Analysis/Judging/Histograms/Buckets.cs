using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging.Measures;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>Arithmetic on counts a bucket, and the step from what callers count to it. Arrays are never changed once they are given away.</summary>
internal static class Buckets
{
    // Beyond this a count is no count, and sums of such would overflow.
    private const long Most = 1_000_000_000_000_000;

    /// <summary>Counts in the buckets after <paramref name="index"/>.</summary>
    public static long Above(ReadOnlySpan<long> counts, int index)
    {
        var sum = 0L;
        for (var b = index + 1; b < counts.Length; b++)
            sum += counts[b];
        return sum;
    }

    /// <summary>The sum of all counts.</summary>
    public static long Total(ReadOnlySpan<long> counts) => Above(counts, -1);

    /// <summary>Sums a bucket; an empty operand counts as zeros.</summary>
    public static long[] Add(long[] a, long[] b)
    {
        if (a.Length == 0)
            return b;
        if (b.Length == 0)
            return a;
        var sum = new long[a.Length];
        for (var i = 0; i < sum.Length; i++)
            sum[i] = a[i] + b[i];
        return sum;
    }

    /// <summary>
    /// The side's counts in the buckets of the measure: for errors those answered and those failed; for latency the given buckets, merged into
    /// <paramref name="bounds"/>. Null where they don't fit. What cannot be (negative counts, more errors than requests) is cut off.
    /// </summary>
    public static long[]? Of(SideCounts side, MeasureKind kind, ImmutableArray<double> from, ImmutableArray<double> bounds)
    {
        if (kind != MeasureKind.Latency)
        {
            var requests = Math.Clamp(side.Requests, 0, Most);
            var errors = Math.Clamp(side.Errors, 0, requests);
            return [requests - errors, errors];
        }

        if (side.Buckets.IsDefaultOrEmpty)
            return side.Requests == 0 ? new long[bounds.Length + 1] : null;
        return side.Buckets.Length == from.Length + 1 ? Merge(side.Buckets, from, bounds) : null;
    }

    /// <summary>The index of the smallest bound that isn't below a wanted one, but for rounding (one part in 10⁹); -1 where all are below it.</summary>
    /// <param name="bounds">Upper bounds of buckets in seconds, ascending, without +Inf.</param>
    /// <param name="wanted">The wanted bound in seconds.</param>
    public static int IndexFor(ImmutableArray<double> bounds, double wanted)
    {
        for (var i = 0; i < bounds.Length; i++)
        {
            if (bounds[i] >= wanted - (1e-9 * Math.Abs(wanted)))
                return i;
        }

        return -1;
    }

    /// <summary>Bounds that are kept of those given: all, or where there are too many those at which wanted ones are watched, and evenly spread ones.</summary>
    /// <param name="bounds">Upper bounds of buckets in seconds, ascending, without +Inf.</param>
    /// <param name="wanted">Bounds that were asked for; at most five.</param>
    public static ImmutableArray<double> Keep(ImmutableArray<double> bounds, ImmutableArray<double> wanted)
    {
        const int most = SeqSettings.MaxBuckets - 1;
        if (bounds.Length <= most)
            return bounds;
        var needed = wanted.Select(bound => IndexFor(bounds, bound)).Where(index => index >= 0).Distinct().ToList();
        var spread = most - needed.Count;
        return [.. Enumerable.Range(0, spread).Select(i => (int)((long)i * (bounds.Length - 1) / (spread - 1))).Union(needed).Order().Select(index => bounds[index])];
    }

    /// <summary>Counts in fewer buckets; null where a wanted bound isn't there.</summary>
    /// <param name="counts">Counts in the buckets of <paramref name="from"/>, one more than that has bounds.</param>
    /// <param name="from">Their bounds.</param>
    /// <param name="to">The wanted ones, ascending as those.</param>
    public static long[]? Merge(ImmutableArray<long> counts, ImmutableArray<double> from, ImmutableArray<double> to)
    {
        var merged = new long[to.Length + 1];
        var matched = 0;
        for (var b = 0; b < counts.Length; b++)
        {
            merged[matched] += Math.Clamp(counts[b], 0, Most);
            if (b < from.Length && matched < to.Length && from[b].Equals(to[matched]))
                matched++;
        }

        return matched == to.Length ? merged : null;
    }
}
