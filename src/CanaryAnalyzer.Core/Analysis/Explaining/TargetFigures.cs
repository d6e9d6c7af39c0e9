using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Analysis.Explaining;

/// <summary>What one pod did since the first look.</summary>
/// <param name="Measure">The measure's name.</param>
/// <param name="IsCanary">Whether it belongs to the canary.</param>
/// <param name="Target">The pod, or the instance.</param>
/// <param name="Requests">Its requests.</param>
/// <param name="Errors">Those that failed, or were slow.</param>
/// <param name="StandsOut">Whether it is worse than the other pods of its side beyond chance.</param>
public sealed record TargetFigures(string Measure, bool IsCanary, string Target, long Requests, long Errors, bool StandsOut)
{
    /// <summary>Latency: slow are requests that took more than this many seconds; null where errors are counted.</summary>
    public double? SlowFrom { get; init; }

    /// <summary>Latency: the unit of the histogram; where it is unknown, <see cref="SlowFrom"/> is a number of that unit.</summary>
    public LatencyUnit Unit { get; init; }
}
