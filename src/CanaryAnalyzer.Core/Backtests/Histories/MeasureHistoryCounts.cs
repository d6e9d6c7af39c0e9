using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;

namespace CanaryAnalyzer.Core.Backtests.Histories;

/// <summary>One measure's history.</summary>
/// <param name="Tracks">The pods; one whose buckets changed has several tracks.</param>
/// <param name="Resets">How many times counters of a pod began anew.</param>
/// <param name="Flaws">What could not be counted: why, in how many intervals of pods, and an example.</param>
public sealed record MeasureHistoryCounts(ImmutableArray<PodTrack> Tracks, int Resets, ImmutableArray<(CountingFlaw Flaw, int Times, string Detail)> Flaws);
