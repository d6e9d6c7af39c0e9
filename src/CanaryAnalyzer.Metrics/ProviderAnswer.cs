using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Runs;

namespace CanaryAnalyzer.Metrics;

/// <summary>What came of asking a provider; a closed set.</summary>
public abstract record ProviderAnswer
{
    private ProviderAnswer()
    {
    }

    /// <summary>What belongs to this measurement beside its value, such as warnings.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What holds for all measurements of the metric, such as the query.</summary>
    public ImmutableSortedDictionary<string, string> MetricMetadata { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The provider answered; the metric's conditions say what the value means.</summary>
    /// <param name="Value">The value.</param>
    public sealed record Answered(MetricValue Value) : ProviderAnswer;

    /// <summary>There is no value.</summary>
    /// <param name="Cause">Why, in a sentence for users.</param>
    public sealed record Failed(string Cause) : ProviderAnswer
    {
        /// <summary>Before when the backend wants no other query (Retry-After); null where it didn't say.</summary>
        public DateTimeOffset? RetryAt { get; init; }
    }

    /// <summary>The provider decides by itself, without the metric's conditions.</summary>
    /// <param name="Measurement">What it measured; Running with <see cref="Measurement.ResumeAt"/> where it continues later.</param>
    public sealed record Decided(Measurement Measurement) : ProviderAnswer;
}
