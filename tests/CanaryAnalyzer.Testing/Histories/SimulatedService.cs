using System.Collections.Immutable;
using System.Globalization;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Backtests;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Testing.Histories;

/// <summary>A service's raw samples, as a Prometheus would have stored them: <c>requests_total</c> with the label code, and <c>seconds_bucket</c>.</summary>
public sealed class SimulatedService
{
    public const string Requests = "requests_total";
    public const string Buckets = "seconds_bucket";
    public const double Sigma = 0.6;
    public static readonly ImmutableArray<double> Bounds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];
    private readonly List<RawSeries> _series = [];

    /// <param name="scrape">Distance of the samples in milliseconds.</param>
    /// <param name="seed">Where chance comes from.</param>
    /// <param name="pods">The pods.</param>
    public SimulatedService(long scrape, long seed, params IEnumerable<SimulatedPod> pods)
    {
        foreach (var (pod, number) in pods.Select((pod, number) => (pod, number))) Add(pod, scrape, Draws.Of(seed, number));
    }

    /// <summary>Stretches of time, from after the first to the second instant, in which nothing was scraped.</summary>
    public List<(long From, long To)> Outages { get; } = [];

    /// <summary>The series of a name with their samples after one instant, up to another.</summary>
    public IEnumerable<RawSeries> Within(string name, long after, long until, bool errorsOnly = false) =>
        _series.Where(series => series.Label("__name__") == name && (!errorsOnly || series.Label("code") == "500"))
            .Select(series => series with { Samples = [.. series.Samples.Where(sample => sample.At > after && sample.At <= until && !Outages.Exists(outage => sample.At > outage.From && sample.At <= outage.To))] })
            .Where(series => series.Samples.Length > 0);

    private void Add(SimulatedPod pod, long scrape, Draws draws)
    {
        var first = (pod.From + scrape - 1) / scrape * scrape;
        var (good, bad) = (new List<RawSample>(), new List<RawSample>());
        var buckets = Bounds.Select(_ => new List<RawSample>()).Append([]).ToList();
        var (sumGood, sumBad, sums) = (0L, 0L, new long[Bounds.Length + 1]);
        for (var at = first; at < pod.To; at += scrape)
        {
            if (pod.RestartsAt is { } restart && at >= restart && at - scrape < restart) (sumGood, sumBad, sums) = (0, 0, new long[Bounds.Length + 1]);
            var requests = draws.Binomial((long)(pod.Rate * scrape / 100), 0.1);
            var errors = draws.Binomial(requests, pod.ErrorShare);
            (sumGood, sumBad) = (sumGood + requests - errors, sumBad + errors);
            good.Add(new RawSample(at, sumGood));
            bad.Add(new RawSample(at, sumBad));
            var (left, below) = (requests, 0.0);
            for (var b = 0; b <= Bounds.Length; b++)
            {
                var upTo = b < Bounds.Length ? NormalDistribution.Cdf(Math.Log(Bounds[b] / (0.05 * pod.Slower * (at - pod.From < pod.Warmup ? 3 : 1))) / Sigma) : 1;
                var taken = draws.Binomial(left, below < 1 ? (upTo - below) / (1 - below) : 1);
                (left, below) = (left - taken, upTo);
                for (var above = b; above <= Bounds.Length; above++) sums[above] += taken;
            }

            for (var b = 0; b <= Bounds.Length; b++) buckets[b].Add(new RawSample(at, sums[b]));
        }

        _series.Add(new RawSeries(Labels(pod, Requests, ("code", "200")), [.. good]));
        _series.Add(new RawSeries(Labels(pod, Requests, ("code", "500")), [.. bad]));
        for (var b = 0; b <= Bounds.Length; b++)
            _series.Add(new RawSeries(Labels(pod, Buckets, ("le", b < Bounds.Length ? Bounds[b].ToString("R", CultureInfo.InvariantCulture) : "+Inf")), [.. buckets[b]]));
    }

    private static ImmutableDictionary<string, string> Labels(SimulatedPod pod, string name, (string Label, string Value) more) =>
        ImmutableDictionary<string, string>.Empty.Add("__name__", name).Add("pod", pod.Name).Add(more.Label, more.Value);
}
