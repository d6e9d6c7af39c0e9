using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Statistics;

/// <summary>How an <see cref="EvidenceMixture"/> spreads its stake.</summary>
/// <param name="Weights">The share of each alternative; they sum to at most 1.</param>
/// <param name="AtOnce">The share that is put on the alternatives at the first interval.</param>
/// <param name="Later">The share of the remaining cash that is put on them at each later one.</param>
/// <param name="LargestGain">
/// By how much a single interval may raise the logarithm of evidence above its best so far; what is gained beyond is thrown away, which
/// keeps the process valid. Infinity: no limit.
/// </param>
public sealed record MixtureRule(ImmutableArray<double> Weights, double AtOnce, double Later, double LargestGain)
{
    /// <summary>Natural logarithms of <see cref="Weights"/>.</summary>
    internal ImmutableArray<double> LogWeights { get; } = [.. Weights.Select(Math.Log)];
}
