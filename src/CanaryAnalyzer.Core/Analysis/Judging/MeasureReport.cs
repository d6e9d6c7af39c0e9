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

    /// <summary>What the numbers below are about: for latency the most telling component.</summary>
    public required EvidenceComponent Component { get; init; }

    /// <summary>Latency: requests slower than this many seconds count as slow; null for errors, or where the buckets aren't known yet.</summary>
    public double? Bound { get; init; }

    /// <summary>The canary's sums.</summary>
    public required SideTotals Canary { get; init; }

    /// <summary>The stable side's sums.</summary>
    public required SideTotals Stable { get; init; }

    /// <summary>The canary's share over the stable one's; null where the stable one is 0.</summary>
    public double? Ratio { get; init; }

    /// <summary>Lower end of the anytime-valid 95 % interval of the ratio, on a grid from 0.1 to 100; null: it can't be bounded from below.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end of the anytime-valid 95 % interval of the ratio, on a grid from 0.1 to 100; null: it can't be bounded from above.</summary>
    public double? High { get; init; }

    /// <summary>Latency: the share of pairs in which the canary's request is slower than the stable one's (ties count half); null without data.</summary>
    public double? Superiority { get; init; }

    /// <summary>Natural logarithm of this measure's own evidence of harm.</summary>
    public required double LogEvidence { get; init; }

    /// <summary>This measure's own evidence of harm; at most the largest finite double.</summary>
    public double Evidence => Math.Min(Math.Exp(LogEvidence), double.MaxValue);

    /// <summary>How far safety is shown; empty where the measure isn't required, or where nothing can be shown yet.</summary>
    public required ImmutableArray<SafeEvidence> Safe { get; init; }

    /// <summary>By how much the evidence is toned down for noise that clumps: 1 is independent requests.</summary>
    public required double Dispersion { get; init; }

    /// <summary>Whether <see cref="Dispersion"/> was measured between two halves of the stable pods; false: it is a cautious assumption.</summary>
    public required bool DispersionMeasured { get; init; }

    /// <summary>The smallest harmful ratio that this traffic would have found with the wanted power; null where there is none.</summary>
    public double? DetectableRatio { get; init; }
}
