using System.Collections.Immutable;
using System.Globalization;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>Counts requests and errors of one side.</summary>
internal static class ErrorCounting
{
    public static SideSums Count(SeriesTable requests, SeriesTable errors, CountingWindow window, ImmutableArray<string> by)
    {
        var sums = new Dictionary<string, Sums>(StringComparer.Ordinal);
        var total = 0.0;
        var targets = ImmutableArray.CreateBuilder<(string, long, long)>(requests.Targets.Count);
        foreach (var (key, target) in requests.Targets)
        {
            string? job = null;
            var counted = target.Counting(window, ref job);
            var failed = errors.Targets.TryGetValue(key, out var same) ? same.Counting(window, ref job) : [];
            var ports = TargetSeries.CountingPorts([.. counted, .. failed], window);
            if (ports.Count == 0) continue;
            var own = new Sums();
            foreach (var (series, isError) in counted.Select(one => (one, false)).Concat(failed.Select(one => (one, true))))
            {
                if (!ports.Contains(TargetSeries.PortOf(series))) continue;
                var (flaw, detail) = SeriesChecks.Check(series, window);
                if (flaw != CountingFlaw.None) return SideSums.Refused(flaw, detail);
                var stratum = Strata.Of(series, by);
                if (!sums.TryGetValue(stratum, out var sum)) sums[stratum] = sum = new Sums();
                var increase = CounterIncrease.Within(series.Samples, window, []);
                total += increase;
                if (total > SeriesChecks.LargestCount) return SideSums.Refused(CountingFlaw.TooLarge, SeriesChecks.Describe(series));
                sum.Add(window.IsSecond(key), isError, increase);
                own.Add(isSecond: false, isError, increase);
            }

            var (all, _) = own.Counts();
            targets.Add((key, all.Requests, all.Errors));
        }

        var strata = new SortedDictionary<string, (SideCounts First, SideCounts Second)>(StringComparer.Ordinal);
        foreach (var (stratum, sum) in sums)
        {
            var (first, second) = strata[stratum] = sum.Counts();
            if (first.Errors <= first.Requests && second.Errors <= second.Requests) continue;
            var of = stratum.Length == 0 ? "" : $" ({string.Join(", ", by)}: {stratum.Replace('\u0001', ',')})";
            return SideSums.Refused(CountingFlaw.MoreErrorsThanRequests, string.Create(CultureInfo.InvariantCulture, $"{first.Errors + second.Errors} errors of {first.Requests + second.Requests} requests{of}"));
        }

        return new SideSums(strata) { Targets = targets.ToImmutable() };
    }

    private sealed class Sums
    {
        private readonly double[] _sums = new double[4];

        public void Add(bool isSecond, bool isError, double increase) => _sums[(isSecond ? 2 : 0) + (isError ? 1 : 0)] += increase;

        public (SideCounts First, SideCounts Second) Counts() => (SideCounts.OfErrors(Whole(_sums[0]), Whole(_sums[1])), SideCounts.OfErrors(Whole(_sums[2]), Whole(_sums[3])));

        private static long Whole(double sum) => (long)Math.Round(sum);
    }
}
