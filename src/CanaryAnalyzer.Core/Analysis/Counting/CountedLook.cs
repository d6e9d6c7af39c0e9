using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>What one look gives for one measure.</summary>
/// <param name="Accepted">The instant from which the next look counts.</param>
/// <param name="Intervals">What can be attributed, in order; several where weights or pods changed.</param>
/// <param name="Flaw">Why there are no intervals, or fewer than there should be.</param>
/// <param name="Detail">The particulars of the flaw, for people; may be empty.</param>
public sealed record CountedLook(long? Accepted, ImmutableArray<CountedInterval> Intervals, CountingFlaw Flaw, string Detail)
{
    /// <summary>What is worth knowing about the counts, though they are right, for people; empty where nothing is.</summary>
    public string Remark { get; init; } = "";
}
