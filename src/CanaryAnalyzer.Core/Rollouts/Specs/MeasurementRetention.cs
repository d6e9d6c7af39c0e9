namespace CanaryAnalyzer.Core.Rollouts.Specs;

/// <summary>How many measurements of some metrics are kept.</summary>
/// <param name="MetricName">Pattern of the metrics' names.</param>
/// <param name="Limit">How many of the newest are kept.</param>
public sealed record MeasurementRetention(string MetricName, int Limit);
