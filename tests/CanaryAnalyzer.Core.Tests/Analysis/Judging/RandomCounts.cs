using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

/// <summary>Counts of independent requests.</summary>
internal static class RandomCounts
{
    /// <summary>Latency over <see cref="Stream.Bounds"/>, by each side's shares of the buckets; the stable side is split into equal halves.</summary>
    public static MeasureCounts Latency(Random random, int canary, int stable, double[] canaryShares, double[] stableShares) =>
        new(Buckets(random, canary, canaryShares), Buckets(random, stable / 2, stableShares), Buckets(random, stable / 2, stableShares)) { BucketBounds = Stream.Bounds };

    /// <summary>Waiting times between successes are geometric: exact, and as many draws as successes.</summary>
    public static int Binomial(Random random, int n, double p)
    {
        if (p > 0.5)
            return n - Binomial(random, n, 1 - p);
        if (p <= 0)
            return 0;
        var successes = 0;
        var at = 0.0;
        var log = Math.Log(1 - p);
        while (true)
        {
            at += Math.Floor(Math.Log(1 - random.NextDouble()) / log) + 1;
            if (at > n)
                return successes;
            successes++;
        }
    }

    private static SideCounts Buckets(Random random, int requests, double[] shares)
    {
        var counts = new long[shares.Length];
        var rest = 1.0;
        for (var b = 0; b < counts.Length; b++)
        {
            counts[b] = b == counts.Length - 1 ? requests : Binomial(random, requests, Math.Min(shares[b] / rest, 1));
            requests -= (int)counts[b];
            rest -= shares[b];
        }

        return SideCounts.OfBuckets([.. counts]);
    }
}
