namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>How far one process has come in showing that the canary lies below the harmful line.</summary>
/// <param name="Component">What it is about; <see cref="EvidenceComponent.Body"/> watches the bound nearest to the stable median.</param>
/// <param name="Bound">The bound in seconds; null for errors.</param>
/// <param name="LogEvidence">Natural logarithm of the evidence of safety.</param>
public sealed record SafeEvidence(EvidenceComponent Component, double? Bound, double LogEvidence);
