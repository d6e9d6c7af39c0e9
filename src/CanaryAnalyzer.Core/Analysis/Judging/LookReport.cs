using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging.Reporting;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>A look in numbers.</summary>
public sealed record LookReport
{
    /// <summary>The version of the judge.</summary>
    public required string Version { get; init; }

    /// <summary>The look's number.</summary>
    public required int Look { get; init; }

    /// <summary>Time since the start.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How long after it was due the look was taken, where that is more than two intervals and more than a minute, as with a controller that has more to do than it can; else null.</summary>
    public TimeSpan? Late { get; init; }

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
    public double? DetectableRatio => MeasureReach.Largest(Measures, m => m.DetectableRatio);

    /// <summary>The same at the end of the maximal duration, if traffic goes on as so far; null where there is none, or no end.</summary>
    public double? DetectableByEnd => MeasureReach.Largest(Measures, m => m.DetectableByEnd);

    /// <summary>How long after the start 1.5 times as much harm as on the stable side will have been found by every required measure; null: never at this traffic, or unknown.</summary>
    public TimeSpan? TimeToFindHalfMore => MeasureReach.Largest(Measures, m => m.TimeToFindHalfMore);

    /// <summary>The same for twice as much.</summary>
    public TimeSpan? TimeToFindDouble => MeasureReach.Largest(Measures, m => m.TimeToFindDouble);

    /// <summary>How much of the accepted risk of a false rollback was used: the highest evidence so far over the threshold, in [0, 1].</summary>
    public required double BudgetSpent { get; init; }

    /// <summary>What would change the verdict, in a sentence without a full stop; empty where it is final.</summary>
    public string WhatWouldChange => Outlook.Of(this);

    /// <summary>Whether the evidence of harm is so high that promotion is withheld, though not high enough to roll back: from the threshold's root on.</summary>
    public bool HasSignOfHarm => LogEvidence >= 0.5 * LogThreshold;

    /// <summary>Whether both sides of every required measure had the minimal number of requests; for stable, and for latency, since the end of the warm-up.</summary>
    public bool HasMinRequests => MeasureReach.HasMinRequests(Measures, MinRequests);

    /// <summary>When safety was tested last, since the start; null before the first planned look, and under a version that plans none.</summary>
    public TimeSpan? LastPlannedLook { get; init; }

    /// <summary>When safety is tested next, since the start; null where no look is planned.</summary>
    public TimeSpan? NextPlannedLook { get; init; }

    /// <summary>Canary requests of the required measure that has the fewest, the warm-up's included: what <see cref="MinRequests"/> is held against.</summary>
    public required long CanaryRequests { get; init; }

    /// <summary>The options' minimal number of canary requests.</summary>
    public required long MinRequests { get; init; }

    /// <summary>The options' minimal duration.</summary>
    public required TimeSpan MinDuration { get; init; }

    /// <summary>The options' maximal duration.</summary>
    public TimeSpan? MaxDuration { get; init; }
}
