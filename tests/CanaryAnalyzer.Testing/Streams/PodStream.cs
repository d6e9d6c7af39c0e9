using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;

namespace CanaryAnalyzer.Testing.Streams;

/// <summary>The counters of a service's pods, a sample each 30 s: some stable pods with names as a ReplicaSet gives them, which share the stable traffic evenly, and one canary.</summary>
public sealed class PodStream
{
    /// <summary>Distance of the samples, in milliseconds.</summary>
    public const long Interval = 30_000;

    /// <summary>Intervals before the canary comes.</summary>
    public const int History = 30;

    private const string Letters = "bcdfghjklmnpqrstvwxz2456789";
    private readonly ImmutableArray<PodCounters> _stable;
    private readonly PodCounters _canary;

    /// <summary>Draws a stream.</summary>
    /// <param name="kind">What it is like.</param>
    /// <param name="seed">Which one of its kind: the same seed gives the same stream.</param>
    /// <param name="looks">How many intervals there are with a canary.</param>
    public PodStream(PodStreamKind kind, int seed, int looks)
    {
        var chance = new Chance(seed);
        var stableRequests = kind.RequestsPerSecond * (1 - kind.CanaryShare) * 30 / kind.StablePods;
        _stable = [.. Enumerable.Range(0, kind.StablePods).Select(_ => PodCounters.Draw(chance, Name(chance, "web-6d4b75cb6d-"), looks, stableRequests, kind.ErrorRate, kind.Clump))];
        _canary = PodCounters.Draw(chance, Name(chance, "web-7f9c8d5b44-"), looks, kind.RequestsPerSecond * kind.CanaryShare * 30, kind.ErrorRate * kind.CanaryRatio, kind.Clump);
    }

    /// <summary>The series as a Prometheus gives them; the canary comes at instant 0.</summary>
    public MeasureSeries.Errors Series() => new(
        SeriesTable.Of([_canary.Requests]), SeriesTable.Of([_canary.Errors]), SeriesTable.Of(_stable.Select(pod => pod.Requests)), SeriesTable.Of(_stable.Select(pod => pod.Errors)));

    private static string Name(Chance chance, string prefix) => prefix + string.Concat(Enumerable.Range(0, 5).Select(_ => Letters[chance.Below(Letters.Length)]));

    private sealed record PodCounters(RawSeries Requests, RawSeries Errors)
    {
        public static PodCounters Draw(Chance chance, string pod, int looks, double requests, double errorRate, double clump)
        {
            var (ofRequests, ofErrors) = (ImmutableArray.CreateBuilder<RawSample>(), ImmutableArray.CreateBuilder<RawSample>());
            long n = 0, k = 0;
            for (var t = -History; t <= looks; t++)
            {
                ofRequests.Add(new(t * Interval, n));
                ofErrors.Add(new(t * Interval, k));
                var answered = chance.Poisson(requests);
                n += answered;
                k += Math.Min(chance.Clumped(requests * errorRate, clump), answered);
            }

            return new(new(Labels(pod, "requests_total"), ofRequests.ToImmutable()), new(Labels(pod, "errors_total"), ofErrors.ToImmutable()));
        }

        private static Dictionary<string, string> Labels(string pod, string name) => new(StringComparer.Ordinal) { ["__name__"] = name, ["pod"] = pod };
    }
}
