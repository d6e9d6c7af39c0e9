using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>What both sides did within one interval.</summary>
/// <param name="From">The instant before it, in milliseconds since 1970.</param>
/// <param name="To">Its end.</param>
/// <param name="Counts">The counts.</param>
public sealed record CountedInterval(long From, long To, MeasureCounts Counts)
{
    /// <summary>What each target did; empty where neither errors nor slow requests are told.</summary>
    public ImmutableArray<TargetCounts> Targets { get; init; } = [];

    /// <summary>The halves in which the stable side's targets were counted: the next look needs them.</summary>
    public StableHalves Halves { get; init; } = StableHalves.None;
}
