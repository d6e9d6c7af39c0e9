namespace CanaryAnalyzer.Core.Backtests.Results;

/// <summary>How the same history would have been judged with another maxDuration.</summary>
/// <param name="MaxDuration">The duration.</param>
/// <param name="Promoted">Canary-sized replays without harm that were promoted.</param>
/// <param name="Found">Replays with the smallest harmful effect of the backtest that were rolled back; null where there is none.</param>
public sealed record DurationTrial(TimeSpan MaxDuration, Proportion Promoted, Proportion? Found);
