using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Backtests.Injections;

/// <summary>Moves requests to slower buckets; within a bucket the logarithm of the latency is taken as uniform.</summary>
internal static class BucketShift
{
    /// <summary>Multiplies every latency.</summary>
    public static ImmutableArray<long> Stretch(ImmutableArray<long> buckets, ImmutableArray<double> bounds, double times, Draws draws)
    {
        if (bounds.IsEmpty || buckets.Length != bounds.Length + 1) return buckets;
        var moved = new long[buckets.Length];
        for (var b = 0; b < buckets.Length; b++)
        {
            var rest = buckets[b];
            var left = 1.0;
            foreach (var (to, share) in Targets(b, bounds, times))
            {
                var taken = left > share ? draws.Binomial(rest, share / left) : rest;
                moved[to] += taken;
                rest -= taken;
                left -= share;
            }

            moved[^1] += rest;
        }

        return [.. moved];
    }

    /// <summary>The expected shares after multiplying every latency, for a distribution without chance.</summary>
    public static double[] Stretched(ReadOnlySpan<double> shares, ImmutableArray<double> bounds, double times)
    {
        var moved = new double[shares.Length];
        for (var b = 0; b < shares.Length; b++)
        {
            var left = 1.0;
            foreach (var (to, share) in Targets(b, bounds, times))
            {
                moved[to] += shares[b] * Math.Min(share, left);
                left -= Math.Min(share, left);
            }

            moved[^1] += shares[b] * left;
        }

        return moved;
    }

    /// <summary>Moves a part of the canary's requests to a multiple of the 99th percentile of both sides.</summary>
    public static ImmutableArray<long> Hang(MeasureCounts counts, double share, double times, Draws draws)
    {
        var bounds = counts.BucketBounds;
        if (bounds.IsEmpty || counts.Canary.Buckets.Length != bounds.Length + 1) return counts.Canary.Buckets;
        var all = new long[bounds.Length + 1];
        foreach (var side in new[] { counts.Canary, counts.StableA, counts.StableB })
        {
            for (var b = 0; b < all.Length && b < side.Buckets.Length; b++) all[b] += side.Buckets[b];
        }

        var to = BucketOf(bounds, times * HistogramQuantile.Of(bounds.AsSpan(), all, 0.99));
        var moved = counts.Canary.Buckets.ToArray();
        for (var b = 0; b < to; b++)
        {
            var taken = draws.Binomial(moved[b], share);
            moved[b] -= taken;
            moved[to] += taken;
        }

        return [.. moved];
    }

    /// <summary>The bucket that a latency falls into.</summary>
    public static int BucketOf(ImmutableArray<double> bounds, double latency)
    {
        var b = 0;
        while (b < bounds.Length && latency > bounds[b]) b++;
        return b;
    }

    /// <summary>Where a bucket's requests go, with their shares; what is left over goes to the bucket of +Inf.</summary>
    private static IEnumerable<(int To, double Share)> Targets(int bucket, ImmutableArray<double> bounds, double times)
    {
        if (bucket == bounds.Length) yield break;
        var high = bounds[bucket];
        var low = bucket > 0 ? bounds[bucket - 1] : high * (bounds.Length > 1 ? bounds[0] / bounds[1] : 0.5);
        if (!(low > 0) || !(high > low))
        {
            yield return (bucket, 1);
            yield break;
        }

        var width = Math.Log(high / low);
        var (from, until) = (low * times, high * times);
        for (var to = bucket; to < bounds.Length; to++)
        {
            var start = Math.Max(from, to > bucket ? bounds[to - 1] : 0);
            var end = Math.Min(until, bounds[to]);
            if (end > start) yield return (to, Math.Log(end / start) / width);
            if (bounds[to] >= until) yield break;
        }
    }
}
