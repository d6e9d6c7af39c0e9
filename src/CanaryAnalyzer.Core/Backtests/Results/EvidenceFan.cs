using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Backtests.Results;

/// <summary>How the evidence of harm ran in the replays without harm: after each look the quantiles over all replays, where one that has ended keeps its last value.</summary>
/// <param name="Low">5th percentile of the natural logarithm, a number a look.</param>
/// <param name="Median">The median.</param>
/// <param name="High">95th percentile.</param>
/// <param name="Most">The highest.</param>
public sealed record EvidenceFan(ImmutableArray<double> Low, ImmutableArray<double> Median, ImmutableArray<double> High, ImmutableArray<double> Most)
{
    /// <summary>The fan of some replays.</summary>
    public static EvidenceFan Of(IReadOnlyCollection<AaResult> results)
    {
        var looks = results.Select(result => result.Replay.LogEvidence.Length).DefaultIfEmpty(0).Max();
        var sorted = Enumerable.Range(0, looks)
            .Select(look => results.Select(result => (double)result.Replay.LogEvidence[Math.Min(look, result.Replay.LogEvidence.Length - 1)]).Order().ToList()).ToList();
        ImmutableArray<double> At(double q) => [.. sorted.Select(values => Math.Round(Spread.Quantile(values, q), 4))];
        return new EvidenceFan(At(0.05), At(0.5), At(0.95), At(1));
    }
}
