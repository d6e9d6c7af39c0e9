using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>One measure in numbers, as far as this look knows.</summary>
public sealed record MeasureReport
{
    /// <summary>The measure's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it compares.</summary>
    public required MeasureKind Kind { get; init; }

    /// <summary>Whether promotion needs it.</summary>
    public required bool Required { get; init; }

    /// <summary>Whether this look had data for it.</summary>
    public required bool HasData { get; init; }

    /// <summary>Why it had none, as far as the caller knew.</summary>
    public DataAbsence Absence { get; init; }

    /// <summary>What the numbers below are about: for latency requests over <see cref="Bound"/>, the same bound at every look of a run.</summary>
    public required EvidenceComponent Component { get; init; }

    /// <summary>Latency: requests slower than this many seconds count as slow; null for errors, or where the buckets aren't known yet.</summary>
    public double? Bound { get; init; }

    /// <summary>Latency: the unit of the histogram; where it is unknown, bounds are no seconds but numbers of that unit.</summary>
    public LatencyUnit Unit { get; init; }

    /// <summary>The canary's sums.</summary>
    public required SideTotals Canary { get; init; }

    /// <summary>The stable side's sums.</summary>
    public required SideTotals Stable { get; init; }

    /// <summary>
    /// Errors and latency: stable's share at the canary's mix of labels and weights, interval by interval, where its share of all requests compares one mix with another; null where that
    /// makes no difference, or isn't known.
    /// </summary>
    public double? StableShareAtMix { get; init; }

    /// <summary>Series: the canary's mean over the run; null without data, and for every other kind.</summary>
    public double? CanaryValue { get; init; }

    /// <summary>Series: the stable side's.</summary>
    public double? StableValue { get; init; }

    /// <summary>Limit: the largest accepted share; traffic: the share that the canary should get; null where it isn't known, and for every other kind.</summary>
    public double? Expected { get; init; }

    /// <summary>
    /// The canary's share (series: value) over the stable one's; for a limit and for traffic over <see cref="Expected"/>. Null where the latter is 0 or unknown. Where counts
    /// were compared apart by a label, the ratio that they speak for most.
    /// </summary>
    public double? Ratio { get; init; }

    /// <summary>Lower end of the anytime-valid 95 % interval of the ratio, on a grid from 0.1 to 100 but for series; null: it can't be bounded from below.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end of the anytime-valid 95 % interval of the ratio, on a grid from 0.1 to 100 but for series; null: it can't be bounded from above.</summary>
    public double? High { get; init; }

    /// <summary>Latency: the share of pairs in which the canary's request is slower than the stable one's (ties count half); null without data.</summary>
    public double? Superiority { get; init; }

    /// <summary>Natural logarithm of this measure's own evidence of harm; for traffic, that its share is wrong, which is no part of the combined evidence.</summary>
    public required double LogEvidence { get; init; }

    /// <summary>This measure's own evidence of harm; at most the largest finite double.</summary>
    public double Evidence => Math.Min(Math.Exp(LogEvidence), double.MaxValue);

    /// <summary>The time that speaks most for harm, and its numbers; null where none does.</summary>
    public DecidingWindow? Deciding { get; init; }

    /// <summary>Latency: the bounds that were asked for by themselves, in their order; empty where none were, and while the buckets aren't known.</summary>
    public ImmutableArray<BoundReport> Bounds { get; init; } = [];

    /// <summary>How far safety is shown; empty where the measure isn't required, or where nothing can be shown yet.</summary>
    public required ImmutableArray<SafeEvidence> Safe { get; init; }

    /// <summary>By how much the evidence is toned down for noise that clumps: 1 is independent requests.</summary>
    public required double Dispersion { get; init; }

    /// <summary>Whether <see cref="Dispersion"/> was measured: between two halves of the stable pods, or with <see cref="LacksHalves"/> between intervals. False: it is a cautious assumption.</summary>
    public required bool DispersionMeasured { get; init; }

    /// <summary>
    /// Whether there are no two halves of stable pods to compare: with a single pod, or one that has more than nine tenths of the requests, and for a limit. Under a version that
    /// knows of no other way than halves always false.
    /// </summary>
    public bool LacksHalves { get; init; }

    /// <summary>Whether the stable version's history is behind it: for errors, latency and limits that of two halves, for series that of several pods.</summary>
    public required bool HasHistory { get; init; }

    /// <summary>The smallest harmful ratio that this traffic would have found with the wanted power; null where there is none.</summary>
    public double? DetectableRatio { get; init; }

    /// <summary>The same at the end of the maximal duration, if traffic goes on as so far; null where there is none, or no end.</summary>
    public double? DetectableByEnd { get; init; }

    /// <summary>How long after the start 1.5 times as many errors or slow requests as on the stable side will have been found; null: never at this traffic, or unknown.</summary>
    public TimeSpan? TimeToFindHalfMore { get; init; }

    /// <summary>The same for twice as many.</summary>
    public TimeSpan? TimeToFindDouble { get; init; }
}
