using CanaryAnalyzer.Core.Rollouts.Specs;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>An analysis that runs beside the steps until the update ends.</summary>
/// <param name="Analysis">What is analysed.</param>
/// <param name="StartingStep">Index of the step at which it begins; it never begins where there is no such step.</param>
public sealed record BackgroundAnalysis(RolloutAnalysis Analysis, int StartingStep);
