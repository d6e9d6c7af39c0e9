using CanaryAnalyzer.Core.Backtests.Replays;

namespace CanaryAnalyzer.Core.Backtests.Results;

/// <summary>One replay of the stable version against itself.</summary>
/// <param name="Window">The window's place among all windows.</param>
/// <param name="Kind">How the pods were split.</param>
/// <param name="Replay">What the judge said.</param>
public sealed record AaResult(int Window, SplitKind Kind, Replay Replay);
