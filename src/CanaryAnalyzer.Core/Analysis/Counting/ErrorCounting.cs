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
        var targets = ImmutableArray.CreateBuilder<(string Target, long Requests, long Errors)>(requests.Targets.Count);
        foreach (var key in requests.Targets.Keys.Concat(errors.Targets.Keys.Where(key => !requests.Targets.ContainsKey(key))))
        {
            string? job = null;
            var counted = requests.Targets.TryGetValue(key, out var target) ? target.Counting(window, ref job) : [];
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

        return Checked(sums, targets.ToImmutable(), Elsewhere(requests, targets), by);
    }

    /// <summary>
    /// A target that failed requests and has no series of them: they are counted on another, as at a gateway. Which of the side's requests failed is not known then, so that
    /// the side's sums alone mean something. Null where there is none.
    /// </summary>
    private static string? Elsewhere(SeriesTable requests, IEnumerable<(string Target, long Requests, long Errors)> targets) =>
        targets.Where(one => one.Errors > 0 && !requests.Targets.ContainsKey(one.Target)).Select(one => one.Target).FirstOrDefault();

    private static SideSums Checked(Dictionary<string, Sums> sums, ImmutableArray<(string Target, long Requests, long Errors)> targets, string? elsewhere, ImmutableArray<string> by)
    {
        var strata = new SortedDictionary<string, (SideCounts First, SideCounts Second)>(StringComparer.Ordinal);
        foreach (var (stratum, sum) in sums)
        {
            var (first, second) = strata[stratum] = elsewhere is null ? sum.Counts() : (sum.All(), SideCounts.None);
            if (first.Errors <= first.Requests && second.Errors <= second.Requests) continue;
            var of = stratum.Length == 0 ? "" : $" ({string.Join(", ", by)}: {stratum.Replace('\u0001', ',')})";
            return SideSums.Refused(CountingFlaw.MoreErrorsThanRequests, string.Create(CultureInfo.InvariantCulture, $"{first.Errors + second.Errors} errors of {first.Requests + second.Requests} requests{of}{Where(elsewhere)}"));
        }

        if (elsewhere is null) return new SideSums(strata) { Targets = targets };
        var example = targets.Where(one => one.Requests > 0).Select(one => one.Target).FirstOrDefault();
        return new SideSums(strata) { Remark = $"errors are counted on {Name(elsewhere)}, requests on {Name(example ?? "")}: both are summed over the side, and which pods failed is not known" };
    }

    private static string Where(string? elsewhere) => elsewhere is null ? "" : $", the errors on {Name(elsewhere)}";

    private static string Name(string target) => target.Length == 0 ? "no pod or instance" : target;

    private sealed class Sums
    {
        private readonly double[] _sums = new double[4];

        public void Add(bool isSecond, bool isError, double increase) => _sums[(isSecond ? 2 : 0) + (isError ? 1 : 0)] += increase;

        public (SideCounts First, SideCounts Second) Counts() => (SideCounts.OfErrors(Whole(_sums[0]), Whole(_sums[1])), SideCounts.OfErrors(Whole(_sums[2]), Whole(_sums[3])));

        public SideCounts All() => SideCounts.OfErrors(Whole(_sums[0] + _sums[2]), Whole(_sums[1] + _sums[3]));

        private static long Whole(double sum) => (long)Math.Round(sum);
    }
}
