namespace CanaryAnalyzer.Core.Backtests.Results;

/// <summary>What history says about a bound that a latency measure asks for.</summary>
/// <param name="Asked">The bound in seconds, as it is asked for.</param>
/// <param name="Bound">The bucket bound at which it is watched; null where it lies above all of them.</param>
/// <param name="Share">The share of requests over that; null where it isn't watched.</param>
public sealed record BoundFigures(double Asked, double? Bound, double? Share);
