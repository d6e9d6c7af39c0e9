using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>The values of a query within one interval, a mean a pod.</summary>
/// <param name="Canary">The canary's pods.</param>
/// <param name="Stable">The stable pods.</param>
public sealed record SeriesValues(ImmutableArray<double> Canary, ImmutableArray<double> Stable);
