namespace CanaryAnalyzer.Metrics.Prometheus;

/// <summary>When a query is evaluated; a closed set.</summary>
public abstract record QueryTime
{
    private QueryTime()
    {
    }

    /// <summary>At one instant.</summary>
    /// <param name="Time">The instant.</param>
    public sealed record Instant(DateTimeOffset Time) : QueryTime;

    /// <summary>Over a range; the spec says the step.</summary>
    /// <param name="Start">The first instant.</param>
    /// <param name="End">The last instant.</param>
    public sealed record Range(DateTimeOffset Start, DateTimeOffset End) : QueryTime;
}
