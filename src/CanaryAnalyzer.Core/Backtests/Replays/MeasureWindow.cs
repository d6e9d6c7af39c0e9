using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Backtests.Replays;

/// <summary>What a replay sees of one measure.</summary>
/// <param name="Kind">The measure's kind.</param>
/// <param name="History">What the stable side did before.</param>
/// <param name="Looks">The counts of each look; null where a side has none.</param>
public sealed record MeasureWindow(MeasureKind Kind, MeasureHistory History, ImmutableArray<MeasureCounts?> Looks);
