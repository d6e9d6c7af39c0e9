namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>How far one process has come in showing that the canary lies below the harmful line.</summary>
/// <param name="Component">What it is about; <see cref="EvidenceComponent.Body"/> watches the bound nearest to the stable median.</param>
/// <param name="Bound">The bound in seconds; null for errors.</param>
/// <param name="LogEvidence">
/// Natural logarithm of the evidence of safety. Under a version that tests safety at planned looks it follows from the last one, so scaled that it reaches the threshold where
/// <see cref="P"/> reaches <see cref="Level"/>; negative infinity before the first.
/// </param>
public sealed record SafeEvidence(EvidenceComponent Component, double? Bound, double LogEvidence)
{
    /// <summary>The p-value at the last planned look: how probable so few errors or slow requests are on the harmful line; null before it, and where none are planned.</summary>
    public double? P { get; init; }

    /// <summary>The level that it had to be at or below.</summary>
    public double? Level { get; init; }
}
