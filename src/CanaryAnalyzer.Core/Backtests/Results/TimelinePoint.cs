namespace CanaryAnalyzer.Core.Backtests.Results;

/// <summary>What a service did in a stretch of its history.</summary>
/// <param name="At">The stretch's beginning.</param>
/// <param name="Requests">Requests a second; null without counts.</param>
/// <param name="ErrorShare">The share of failed requests; null without counts, or without a measure of errors.</param>
/// <param name="P50">The median latency in seconds; null without counts, or without a measure of latency.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="Pods">The largest number of pods with counts.</param>
public sealed record TimelinePoint(DateTimeOffset At, double? Requests, double? ErrorShare, double? P50, double? P99, int Pods);
