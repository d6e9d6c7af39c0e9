namespace CanaryAnalyzer.Core.Backtests.Results;

/// <summary>A setting that would suit this service better, or something to do that no setting can.</summary>
/// <param name="Field">The setting's path under <c>canaryanalyzer/compare</c>, such as <c>maxDuration</c> or <c>measures[latency].warmup</c>; empty where it is no setting.</param>
/// <param name="Value">What to write, as it stands in YAML; empty where it is no setting.</param>
/// <param name="Before">What is in force; empty where it is no setting.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record Recommendation(string Field, string Value, string Before, string Reason);
