namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>A line in the plane of the two sides' rates: <c>canary = Ratio · stable + Absolute</c>.</summary>
/// <param name="Ratio">How many times the stable side's rate.</param>
/// <param name="Absolute">What is added to it, as a share of the requests.</param>
public sealed record RateLine(double Ratio, double Absolute);
