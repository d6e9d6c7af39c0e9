using System.Collections.Immutable;
using System.Globalization;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>Counts requests by latency bucket: per histogram cumulative increases, then the sums at the bounds that all histograms share, then differences.</summary>
internal static class BucketCounting
{
    public static Counted Count(SeriesTable canary, SeriesTable stable, CountingWindow window, ImmutableArray<string> by, LatencyUnit unit)
    {
        var (ofCanary, flaw, detail) = Histograms(canary, window, by, unit);
        if (flaw != CountingFlaw.None) return Counted.Refused(flaw, "canary: " + detail);
        (var ofStable, flaw, detail) = ReferenceEquals(canary, stable) ? (ofCanary, flaw, detail) : Histograms(stable, window, by, unit);
        if (flaw != CountingFlaw.None) return Counted.Refused(flaw, "stable: " + detail);

        var shared = Shared(ofCanary.Concat(ofStable));
        if (shared.Length < 2 && ofCanary.Count > 0 && ofStable.Count > 0)
            return Counted.Refused(CountingFlaw.NoCommonBuckets, $"canary has {List(ofCanary)}, stable has {List(ofStable)}");
        var bounds = shared.Length == 0 ? shared : shared[..^1];
        var counted = Counted.Of(Strata.Counts(Sums(ofCanary, shared), Sums(ofStable, shared), by, bounds));
        return window.SlowFrom is { } slow && bounds.Contains(slow) ? counted with { Targets = [.. Targets(true, ofCanary, slow), .. Targets(false, ofStable, slow)] } : counted;
    }

    private static IEnumerable<TargetCounts> Targets(bool isCanary, List<Histogram> histograms, double slow) =>
        histograms.GroupBy(histogram => histogram.Target, StringComparer.Ordinal).Select(target =>
        {
            var requests = (long)Math.Round(target.Sum(histogram => histogram.Increases[double.PositiveInfinity]));
            var upTo = (long)Math.Round(target.Sum(histogram => histogram.Increases[slow]));
            return new TargetCounts(isCanary, target.Key, requests, Math.Max(0, requests - upTo));
        });

    private static (List<Histogram> Histograms, CountingFlaw Flaw, string Detail) Histograms(SeriesTable table, CountingWindow window, ImmutableArray<string> by, LatencyUnit of)
    {
        var histograms = new List<Histogram>();
        var total = 0.0;
        foreach (var (key, target) in table.Targets)
        {
            string? job = null;
            var series = target.Counting(window, ref job);
            var ports = TargetSeries.CountingPorts(series, window);
            foreach (var unit in series.Where(one => ports.Contains(TargetSeries.PortOf(one))).GroupBy(one => one, SeriesIdentity.OfHistogram))
            {
                var (increases, flaw, detail) = Increases(unit, window, LatencyUnits.PerSecond(of));
                if (flaw != CountingFlaw.None) return ([], flaw, detail);
                total += increases.Values.Max();
                if (total > SeriesChecks.LargestCount) return ([], CountingFlaw.TooLarge, SeriesChecks.Describe(unit.First()));
                histograms.Add(new Histogram(key, window.IsSecond(key), Strata.Of(unit.Key, by), increases));
            }
        }

        return (histograms, CountingFlaw.None, "");
    }

    /// <summary>A histogram restarts as one: if any of its buckets drops, all count from 0.</summary>
    private static (SortedDictionary<double, double> Increases, CountingFlaw Flaw, string Detail) Increases(IEnumerable<RawSeries> unit, CountingWindow window, double perSecond)
    {
        var increases = new SortedDictionary<double, double>();
        foreach (var series in unit)
        {
            var (flaw, detail) = SeriesChecks.Check(series, window);
            if (flaw != CountingFlaw.None) return (increases, flaw, detail);
        }

        var counters = unit.GroupBy(series => Bound(series.Label("le"))).Where(bucket => bucket.Key is not null).Select(bucket => (Bound: bucket.Key!.Value, Samples: OneCounter([.. bucket]))).ToList();
        ReadOnlySpan<long> resets = [.. counters.SelectMany(counter => CounterIncrease.Resets(counter.Samples, window)).Distinct().Order()];
        foreach (var (bound, samples) in counters) increases[bound / perSecond] = CounterIncrease.Within(samples, window, resets);

        return increases.ContainsKey(double.PositiveInfinity)
            ? (increases, CountingFlaw.None, "")
            : (increases, CountingFlaw.NoInfinityBucket, SeriesChecks.Describe(unit.First()));
    }

    private static ImmutableArray<double> Shared(IEnumerable<Histogram> histograms)
    {
        HashSet<double>? shared = null;
        foreach (var histogram in histograms)
        {
            if (shared is null) shared = [.. histogram.Increases.Keys];
            else shared.IntersectWith(histogram.Increases.Keys);
        }

        return shared is null ? [] : [.. shared.Order()];
    }

    private static SideSums Sums(List<Histogram> histograms, ImmutableArray<double> bounds)
    {
        var strata = new SortedDictionary<string, (SideCounts First, SideCounts Second)>(StringComparer.Ordinal);
        foreach (var stratum in histograms.GroupBy(histogram => histogram.Stratum, StringComparer.Ordinal))
            strata[stratum.Key] = (Sum(stratum.Where(one => !one.IsSecond), bounds), Sum(stratum.Where(one => one.IsSecond), bounds));
        return new SideSums(strata);
    }

    private static SideCounts Sum(IEnumerable<Histogram> histograms, ImmutableArray<double> bounds)
    {
        var cumulative = new double[bounds.Length];
        foreach (var histogram in histograms)
        {
            for (var i = 0; i < bounds.Length; i++) cumulative[i] += histogram.Increases[bounds[i]];
        }

        var buckets = ImmutableArray.CreateBuilder<long>(bounds.Length);
        long below = 0;
        foreach (var count in cumulative)
        {
            // A scrape may catch a histogram between two of its counters; a bucket is never smaller than none.
            var upTo = Math.Max(below, (long)Math.Round(count));
            buckets.Add(upTo - below);
            below = upTo;
        }

        return SideCounts.OfBuckets(buckets.ToImmutable());
    }

    /// <summary>
    /// Series of one histogram whose bounds are the same number are one counter, which continues when its bound is respelt: Prometheus 3 writes <c>1.0</c> for what Prometheus 2 took over as
    /// <c>1</c> (https://prometheus.io/docs/prometheus/latest/migration/#le-and-quantile-label-values).
    /// </summary>
    private static ImmutableArray<RawSample> OneCounter(ImmutableArray<RawSeries> spellings) => spellings is [var only]
        ? only.Samples
        : [.. spellings.SelectMany(series => series.Samples).GroupBy(sample => sample.At).OrderBy(instant => instant.Key).Select(instant => instant.MaxBy(sample => sample.Value))];

    /// <summary>Clients write <c>1</c> and <c>1.0</c> for the same bound.</summary>
    private static double? Bound(string le) =>
        le is "+Inf" or "Inf" ? double.PositiveInfinity : double.TryParse(le, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) && double.IsFinite(bound) ? bound : null;

    private static string List(List<Histogram> histograms)
    {
        var bounds = histograms.SelectMany(histogram => histogram.Increases.Keys).Distinct().Order().Where(double.IsFinite).Select(bound => bound.ToString("R", CultureInfo.InvariantCulture)).ToList();
        return bounds.Count > 20 ? string.Join(' ', bounds.Take(20)) + " …" : string.Join(' ', bounds);
    }

    private sealed record Histogram(string Target, bool IsSecond, string Stratum, SortedDictionary<double, double> Increases);
}
