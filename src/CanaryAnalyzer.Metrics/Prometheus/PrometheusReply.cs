namespace CanaryAnalyzer.Metrics.Prometheus;

/// <summary>What came of one request; a closed set.</summary>
internal abstract record PrometheusReply
{
    private PrometheusReply()
    {
    }

    public sealed record Answered(PrometheusAnswer Answer) : PrometheusReply;

    /// <param name="Cause">Why there is no answer, in a sentence.</param>
    /// <param name="Kind">What kind of failure it is.</param>
    public sealed record Failed(string Cause, ReplyFailure Kind) : PrometheusReply
    {
        /// <summary>Before when the server wants no other request; null where it didn't say.</summary>
        public DateTimeOffset? RetryAt { get; init; }
    }
}
