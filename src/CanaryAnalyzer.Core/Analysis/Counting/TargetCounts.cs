namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>What one target did within an interval.</summary>
/// <param name="IsCanary">Whether it belongs to the canary.</param>
/// <param name="Target">The pod, or the instance.</param>
/// <param name="Requests">Its requests.</param>
/// <param name="Errors">Those that failed, or were slow.</param>
public readonly record struct TargetCounts(bool IsCanary, string Target, long Requests, long Errors);
