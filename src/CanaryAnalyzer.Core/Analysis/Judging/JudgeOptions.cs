using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>How a comparison is judged. The defaults are those of a production service with some hundred requests a minute.</summary>
public sealed record JudgeOptions
{
    private const int MostCharacters = 9000;

    /// <summary>The version of the judge that a new run begins with, one of <see cref="JudgeVersions.All"/>; a state goes on under its own.</summary>
    public string Version { get; init; } = JudgeVersions.Default;

    /// <summary>
    /// The largest acceptable probability that a canary within the tolerated line is ever rolled back, however many looks there are.
    /// Where k comparisons share one run, each gets a k-th of it.
    /// </summary>
    public double FalseRollback { get; init; } = 0.01;

    /// <summary>The largest acceptable probability that a canary on or beyond the harmful line is promoted.</summary>
    public double FalsePromotion { get; init; } = 0.05;

    /// <summary>Distance of the looks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>No promotion before.</summary>
    public TimeSpan MinDuration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Undecided at this age is inconclusive; null: never (a background analysis, which looks until it is ended).</summary>
    public TimeSpan? MaxDuration { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>When shown safety promotes.</summary>
    public PromoteWhen Promote { get; init; } = PromoteWhen.WhenSafe;

    /// <summary>No promotion before the canary answered this many requests.</summary>
    public long MinRequests { get; init; } = 100;

    /// <summary>The probability at which the reported smallest detectable ratio would have been found.</summary>
    public double Power { get; init; } = 0.8;

    /// <summary>What is compared.</summary>
    public required ImmutableArray<MeasureOptions> Measures { get; init; }

    /// <summary>A measure's share of the evidence of harm: the weights scaled to sum 1; 0 for traffic, which shows no harm and must not dilute the others.</summary>
    /// <param name="measure">One of <see cref="Measures"/>.</param>
    public double WeightOf(MeasureOptions measure) =>
        measure.Kind == MeasureKind.Traffic ? 0 : measure.Weight / Measures.Where(m => m.Kind != MeasureKind.Traffic).Sum(m => m.Weight);

    /// <summary>
    /// Whether a state under these options surely stays within 9 KiB, however much is counted. With the default tails that allows three latency measures,
    /// or two and five of errors; more don't fit into the status of a resource.
    /// </summary>
    public bool StateFits => Measures.Sum(StateBytes) * 4 / 3 <= MostCharacters;

    // Upper bounds of what JudgeStateText writes, in bytes: processes, noise and likelihoods a share, and histograms of at most MaxBuckets buckets.
    private static int StateBytes(MeasureOptions measure) => measure.Kind switch
    {
        MeasureKind.Latency => 1130 + (370 * (measure.Tails.Length + measure.Bounds.Length)),
        MeasureKind.Series => 150,
        MeasureKind.Traffic => 140,
        _ => 440,
    };
}
