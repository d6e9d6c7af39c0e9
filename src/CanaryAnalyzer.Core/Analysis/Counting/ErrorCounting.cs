using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>Counts requests and errors of one side.</summary>
internal static class ErrorCounting
{
    public static SideSums Count(SeriesTable requests, SeriesTable errors, CountingWindow window)
    {
        Span<double> sums = stackalloc double[4];
        foreach (var (key, target) in requests.Targets)
        {
            string? job = null;
            var counted = target.Counting(window, ref job);
            var failed = errors.Targets.TryGetValue(key, out var same) ? same.Counting(window, ref job) : [];
            var standing = TargetSeries.Standing(counted.Concat(failed), window);
            if (standing is TargetStanding.Gone or TargetStanding.Baseline) continue;
            foreach (var series in counted.Concat(failed))
            {
                var (flaw, detail) = SeriesChecks.Check(series, window);
                if (flaw != CountingFlaw.None) return SideSums.Refused(flaw, detail);
            }

            var half = StableHalf.IsSecond(key) ? 2 : 0;
            foreach (var series in counted) sums[half] += CounterIncrease.Within(series.Samples, window, []);
            foreach (var series in failed) sums[half + 1] += CounterIncrease.Within(series.Samples, window, []);
        }

        var first = SideCounts.OfErrors(Whole(sums[0]), Whole(sums[1]));
        var second = SideCounts.OfErrors(Whole(sums[2]), Whole(sums[3]));
        if (first.Errors > first.Requests || second.Errors > second.Requests)
        {
            var (all, bad) = (first.Requests + second.Requests, first.Errors + second.Errors);
            return SideSums.Refused(CountingFlaw.MoreErrorsThanRequests, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bad} errors of {all} requests"));
        }

        return new SideSums(first, second);
    }

    private static long Whole(double sum) => (long)Math.Round(sum);
}
