using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Backtests.Results;

/// <summary>How much slower pods are after their start than older pods at the same time.</summary>
/// <param name="Measure">The latency measure.</param>
/// <param name="Starts">How many pods were seen to start.</param>
/// <param name="Bound">Requests slower than this many seconds count as slow: the bound nearest the 90th percentile.</param>
/// <param name="Ages">What was seen at each age.</param>
/// <param name="Seconds">The age up to which pods were slower beyond chance; 0: at none; null: at every age seen, so that it is no warm-up.</param>
public sealed record WarmupResult(string Measure, int Starts, double Bound, ImmutableArray<WarmupAge> Ages, double? Seconds);
