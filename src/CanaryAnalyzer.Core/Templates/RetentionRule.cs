namespace CanaryAnalyzer.Core.Templates;

/// <summary>How many measurements to keep of the metrics whose names match.</summary>
/// <param name="MetricName">A regular expression that some part of the metric's name must match.</param>
/// <param name="Limit">How many measurements to keep; 0 and less mean the default of 10.</param>
public sealed record RetentionRule(string MetricName, int Limit);
