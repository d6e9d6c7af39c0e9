namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>One past interval of the stable version in its two halves: what differs between them is noise.</summary>
/// <param name="StableA">The first half of the stable pods.</param>
/// <param name="StableB">The second half; without requests where there was only one pod.</param>
public sealed record AaInterval(SideCounts StableA, SideCounts StableB);
