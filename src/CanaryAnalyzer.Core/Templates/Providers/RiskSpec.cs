namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>How often a comparison may be wrong.</summary>
/// <param name="FalseRollback">Probability, over the whole release, that a version which isn't worse is rolled back; alpha.</param>
/// <param name="FalsePromotion">Probability that a version at or beyond the harmful line is promoted; beta.</param>
public sealed record RiskSpec(double FalseRollback = 0.01, double FalsePromotion = 0.05);
