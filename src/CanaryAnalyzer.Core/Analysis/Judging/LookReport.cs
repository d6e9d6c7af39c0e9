using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>A look in numbers.</summary>
public sealed record LookReport
{
    /// <summary>The look's number.</summary>
    public required int Look { get; init; }

    /// <summary>Time since the start.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The verdict that these numbers led to.</summary>
    public required JudgeVerdict Verdict { get; init; }

    /// <summary>Why.</summary>
    public required VerdictReason Reason { get; init; }

    /// <summary>Natural logarithm of the combined evidence of harm (an e-value: 1 is none).</summary>
    public required double LogEvidence { get; init; }

    /// <summary>Natural logarithm of the evidence that rolls back.</summary>
    public required double LogThreshold { get; init; }

    /// <summary>The combined evidence of harm; at most the largest finite double.</summary>
    public double Evidence => Math.Min(Math.Exp(LogEvidence), double.MaxValue);

    /// <summary>The evidence that rolls back, 1 / false rollback.</summary>
    public double Threshold => Math.Exp(LogThreshold);

    /// <summary>Natural logarithm of the evidence of safety that every required measure needs.</summary>
    public required double LogSafeThreshold { get; init; }

    /// <summary>Names of the measures that the harm comes from, the worst first; empty unless harm is shown.</summary>
    public required ImmutableArray<string> Culprits { get; init; }

    /// <summary>The measures, in the order of the options.</summary>
    public required ImmutableArray<MeasureReport> Measures { get; init; }

    /// <summary>
    /// The smallest harmful ratio that this traffic would have found with the wanted power, the largest over the required measures; null where there is no such
    /// ratio, or no data.
    /// </summary>
    public double? DetectableRatio { get; init; }

    /// <summary>Whether the evidence of harm is so high that promotion is withheld, though not high enough to roll back: from the threshold's root on.</summary>
    public bool HasSignOfHarm => LogEvidence >= 0.5 * LogThreshold;

    /// <summary>Whether both sides of every required measure had the minimal number of requests; for stable, and for latency, since the end of the warm-up.</summary>
    public required bool HasMinRequests { get; init; }

    /// <summary>The options' minimal number of canary requests.</summary>
    public required long MinRequests { get; init; }

    /// <summary>The options' minimal duration.</summary>
    public required TimeSpan MinDuration { get; init; }

    /// <summary>The options' maximal duration.</summary>
    public TimeSpan? MaxDuration { get; init; }
}
