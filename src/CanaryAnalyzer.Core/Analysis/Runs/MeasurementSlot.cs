namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>Names one question to a metric's provider, so that its answer counts once and nowhere else.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Ended">How many of the metric's measurements had ended before.</param>
/// <param name="Kind">What is asked for.</param>
/// <param name="Look">When the running measurement had wanted to be resumed, which tells two looks of it apart; null for a start.</param>
public sealed record MeasurementSlot(string Metric, int Ended, MeasurementKind Kind, DateTimeOffset? Look);
