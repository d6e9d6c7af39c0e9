namespace CanaryAnalyzer.Core.Rollouts.Specs;

/// <summary>An analysis that a strategy runs by itself.</summary>
/// <param name="Path">Its place in the resource, such as <c>spec.strategy.canary.steps[2].analysis</c>.</param>
/// <param name="Analysis">What is analysed.</param>
/// <param name="MustEnd">Whether the update waits for its end, so that it has to have one.</param>
public sealed record StrategyAnalysis(string Path, RolloutAnalysis Analysis, bool MustEnd);
