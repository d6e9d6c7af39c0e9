namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>
/// What an interval shows of the noise: its two halves, or, where one of them has next to no requests as with a single stable pod, the interval against one before it.
/// </summary>
/// <param name="Compared">What is compared, apart by label where the measure asks for that; empty where there is nothing to compare yet.</param>
/// <param name="IsOfOne">
/// Whether the halves are of one interval. Given the stable side's sum, how that falls into halves says nothing about canary against stable, so that the interval itself may
/// be judged with it; two intervals tell for those after them.
/// </param>
/// <param name="Unpaired">The stable side's interval that waits for another to be compared with; empty where none does.</param>
internal sealed record NoisePair(BucketPair[] Compared, bool IsOfOne, long[] Unpaired)
{
    // A half with fewer requests than that seldom has an error, and the differences of such halves look like those of independent requests whatever they are.
    private const double SmallestShare = 0.1;

    /// <summary>What the next interval shows.</summary>
    /// <param name="before">The interval that waits for another.</param>
    /// <param name="interval">The interval; null where the look has no data.</param>
    /// <param name="readsTime">Whether intervals are compared where halves cannot be.</param>
    public static NoisePair Of(long[] before, BucketInterval? interval, bool readsTime)
    {
        if (interval is null)
            return new([], false, before);
        if (!readsTime || AreHalves(interval.Halves))
            return new([.. interval.Compared.Select(one => one.Halves)], true, before);
        if (interval.StableTotal == 0)
            return new([], false, before);
        return before.Length == 0 ? new([], false, interval.Stable) : new([new(before, interval.Stable)], false, []);
    }

    /// <summary>The pairs of a past: its halves, and where they can't be compared each two intervals.</summary>
    public static List<BucketPair> Past(IEnumerable<BucketPair> past, bool readsTime)
    {
        if (!readsTime)
            return [.. past];
        var pairs = new List<BucketPair>();
        BucketPair? first = null;
        foreach (var pair in past)
        {
            if (AreHalves(pair))
            {
                pairs.Add(pair);
                continue;
            }

            var both = Buckets.Add(pair.A, pair.B);
            if (Buckets.Total(both) == 0)
                continue;
            if (first is not null)
                pairs.Add(first with { B = both });
            first = first is null ? new(both, both) : null;
        }

        return pairs;
    }

    private static bool AreHalves(BucketPair pair)
    {
        double a = Buckets.Total(pair.A), b = Buckets.Total(pair.B);
        return Math.Min(a, b) is var smaller and > 0 && smaller >= SmallestShare * (a + b);
    }
}
