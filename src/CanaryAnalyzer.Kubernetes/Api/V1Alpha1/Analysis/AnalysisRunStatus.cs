namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

/// <summary>What a run measured so far.</summary>
public sealed class AnalysisRunStatus
{
    /// <summary>Pending, Running, Successful, Failed, Error or Inconclusive.</summary>
    public required string Phase { get; set; }

    /// <summary>Why it is in this phase.</summary>
    public string? Message { get; set; }

    /// <summary>The metrics' results.</summary>
    public List<MetricResult>? MetricResults { get; set; }

    /// <summary>When the run began.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>Number of metrics by outcome.</summary>
    public Summary? RunSummary { get; set; }

    /// <summary>Number of dry-run metrics by outcome.</summary>
    public Summary? DryRunSummary { get; set; }

    /// <summary>One metric's result.</summary>
    public sealed class MetricResult
    {
        /// <summary>Name of the metric.</summary>
        public required string Name { get; set; }

        /// <summary>Its phase.</summary>
        public required string Phase { get; set; }

        /// <summary>The latest measurements, oldest first.</summary>
        public List<Measurement>? Measurements { get; set; }

        /// <summary>Why it is in this phase.</summary>
        public string? Message { get; set; }

        /// <summary>Number of measurements without an error.</summary>
        public int? Count { get; set; }

        /// <summary>Number of good ones.</summary>
        public int? Successful { get; set; }

        /// <summary>Number of bad ones.</summary>
        public int? Failed { get; set; }

        /// <summary>Number of inconclusive ones.</summary>
        public int? Inconclusive { get; set; }

        /// <summary>Number of errors.</summary>
        public int? Error { get; set; }

        /// <summary>Number of errors in a row.</summary>
        public int? ConsecutiveError { get; set; }

        /// <summary>Number of good measurements in a row.</summary>
        public int? ConsecutiveSuccess { get; set; }

        /// <summary>Whether the metric decides nothing.</summary>
        public bool? DryRun { get; set; }

        /// <summary>What the provider has to say, such as the resolved query.</summary>
        public Dictionary<string, string>? Metadata { get; set; }
    }

    /// <summary>One measurement.</summary>
    public sealed class Measurement
    {
        /// <summary>What came out of it.</summary>
        public required string Phase { get; set; }

        /// <summary>Why.</summary>
        public string? Message { get; set; }

        /// <summary>When it began.</summary>
        public DateTimeOffset? StartedAt { get; set; }

        /// <summary>When it ended.</summary>
        public DateTimeOffset? FinishedAt { get; set; }

        /// <summary>The value measured; of a comparison the verdict as JSON.</summary>
        public string? Value { get; set; }

        /// <summary>What the provider has to say or to remember.</summary>
        public Dictionary<string, string>? Metadata { get; set; }

        /// <summary>When it goes on.</summary>
        public DateTimeOffset? ResumeAt { get; set; }
    }

    /// <summary>Number of metrics by outcome.</summary>
    public sealed class Summary
    {
        /// <summary>All.</summary>
        public int? Count { get; set; }

        /// <summary>The successful ones.</summary>
        public int? Successful { get; set; }

        /// <summary>The failed ones.</summary>
        public int? Failed { get; set; }

        /// <summary>The inconclusive ones.</summary>
        public int? Inconclusive { get; set; }

        /// <summary>Those that could not be measured.</summary>
        public int? Error { get; set; }
    }
}
