using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>One side's counts in the two halves of its targets, by stratum (a single one without a name where the measure isn't stratified), or why there are none.</summary>
internal sealed record SideSums(SortedDictionary<string, (SideCounts First, SideCounts Second)> Strata, CountingFlaw Flaw = CountingFlaw.None, string Detail = "")
{
    /// <summary>Each target's requests and errors.</summary>
    public ImmutableArray<(string Target, long Requests, long Errors)> Targets { get; init; } = [];

    /// <summary>What is worth knowing about the counts; empty where nothing is.</summary>
    public string Remark { get; init; } = "";

    public (SideCounts First, SideCounts Second) Total => Sum(Strata.Values);

    public static SideSums Refused(CountingFlaw flaw, string detail) => new([], flaw, detail);

    public (SideCounts First, SideCounts Second) Of(string stratum) => Strata.TryGetValue(stratum, out var counts) ? counts : (SideCounts.None, SideCounts.None);

    public static (SideCounts First, SideCounts Second) Sum(IEnumerable<(SideCounts First, SideCounts Second)> counts) =>
        counts.Aggregate((First: SideCounts.None, Second: SideCounts.None), (sum, one) => (sum.First.Plus(one.First), sum.Second.Plus(one.Second)));
}
