using System.Collections.Immutable;
using CanaryAnalyzer.Metrics.Compare;

namespace CanaryAnalyzer.Cli.Planning;

/// <summary>The traffic that measures show.</summary>
/// <param name="RequestsPerSecond">Requests a second; null where none were seen.</param>
/// <param name="ErrorRate">The share that failed; null where no measure counts errors.</param>
/// <param name="Bounds">The latency buckets' bounds.</param>
/// <param name="Shares">The share in each; empty where no measure has buckets.</param>
internal sealed record TrafficSeen(double? RequestsPerSecond, double? ErrorRate, ImmutableArray<double> Bounds, ImmutableArray<double> Shares)
{
    public static TrafficSeen Nothing { get; } = new(null, null, [], []);

    /// <summary>What one side's measures show together.</summary>
    public static TrafficSeen Of(IEnumerable<SideSurvey> measures)
    {
        var all = measures.ToList();
        var rates = all.Where(one => one.RequestsPerSecond > 0).Select(one => one.RequestsPerSecond).ToList();
        var buckets = all.Find(one => !one.BucketShares.IsEmpty);
        return new TrafficSeen(rates.Count == 0 ? null : rates.Max(), all.Select(one => one.ErrorShare).FirstOrDefault(share => share is not null), buckets?.Bounds ?? [], buckets?.BucketShares ?? []);
    }
}
