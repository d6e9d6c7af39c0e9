using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Backtests.Replays;

/// <summary>A window in which one version ran alone, and its pods.</summary>
/// <param name="Window">The stretch of time.</param>
/// <param name="Pods">The pods with counts in it, in order of their names.</param>
public sealed record AaWindow(ReplayWindow Window, ImmutableArray<string> Pods);
