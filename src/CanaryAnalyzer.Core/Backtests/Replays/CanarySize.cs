namespace CanaryAnalyzer.Core.Backtests.Replays;

/// <summary>How large a canary is.</summary>
/// <param name="Share">Its share of the traffic, in (0, 1).</param>
/// <param name="Pods">How many pods it has; null: the fewest that could serve its share. With a number the traffic is what those pods had.</param>
public sealed record CanarySize(double Share, int? Pods);
