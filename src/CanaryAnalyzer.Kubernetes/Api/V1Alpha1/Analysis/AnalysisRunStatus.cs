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
    public RunSummary? RunSummary { get; set; }

    /// <summary>Number of dry-run metrics by outcome.</summary>
    public RunSummary? DryRunSummary { get; set; }
}
