using System.Collections.Immutable;

namespace CanaryAnalyzer.Metrics.Prometheus;

/// <summary>What came of a query; a closed set.</summary>
public abstract record QueryOutcome
{
    private QueryOutcome()
    {
    }

    /// <summary>What the query was and what Prometheus warned of, for the measurement's metadata.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Prometheus answered.</summary>
    /// <param name="Value">The value, as conditions see it.</param>
    public sealed record Answered(MetricValue Value) : QueryOutcome;

    /// <summary>There is no value.</summary>
    /// <param name="Cause">Why, in a sentence for people.</param>
    public sealed record Failed(string Cause) : QueryOutcome
    {
        /// <summary>Before when the server wants no other query (Retry-After); null where it didn't say.</summary>
        public DateTimeOffset? RetryAt { get; init; }
    }
}
