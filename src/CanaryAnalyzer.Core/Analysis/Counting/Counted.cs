using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>Counts, or why there are none.</summary>
/// <param name="Counts">The counts; null where there is a flaw.</param>
/// <param name="Flaw">What is wrong.</param>
/// <param name="Detail">Which series or which bounds, for people; may be empty.</param>
internal sealed record Counted(MeasureCounts? Counts, CountingFlaw Flaw, string Detail)
{
    /// <summary>What each target did; empty where neither errors nor slow requests are told.</summary>
    public ImmutableArray<TargetCounts> Targets { get; init; } = [];

    /// <summary>What is worth knowing about the counts, though they are right; empty where nothing is.</summary>
    public string Remark { get; init; } = "";

    public static Counted Of(MeasureCounts counts) => new(counts, CountingFlaw.None, "");

    public static Counted Refused(CountingFlaw flaw, string detail) => new(null, flaw, detail);
}
