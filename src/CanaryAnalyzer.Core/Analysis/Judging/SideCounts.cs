using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>What one side, or one half of the stable side, did within one interval.</summary>
/// <param name="Requests">Requests that ended within the interval.</param>
/// <param name="Errors">Those of them that failed; 0 where latency is measured.</param>
/// <param name="Buckets">Requests a latency bucket (not cumulative), the last one that of +Inf; empty where errors are measured.</param>
public sealed record SideCounts(long Requests, long Errors, ImmutableArray<long> Buckets)
{
    /// <summary>A side on which nothing happened.</summary>
    public static SideCounts None { get; } = new(0, 0, []);

    /// <summary>Counts of requests and errors, without buckets.</summary>
    public static SideCounts OfErrors(long requests, long errors) => new(requests, errors, []);

    /// <summary>Counts of requests by latency bucket.</summary>
    public static SideCounts OfBuckets(ImmutableArray<long> buckets) => new(buckets.Sum(), 0, buckets);
}
