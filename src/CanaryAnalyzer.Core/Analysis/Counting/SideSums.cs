using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>One side's counts in the two halves of its targets, or why there are none.</summary>
internal sealed record SideSums(SideCounts First, SideCounts Second, CountingFlaw Flaw = CountingFlaw.None, string Detail = "")
{
    public static SideSums Refused(CountingFlaw flaw, string detail) => new(SideCounts.None, SideCounts.None, flaw, detail);
}
