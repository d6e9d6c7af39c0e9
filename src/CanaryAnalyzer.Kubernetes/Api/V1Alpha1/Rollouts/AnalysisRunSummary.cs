namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>An AnalysisRun in short.</summary>
public sealed class AnalysisRunSummary
{
    /// <summary>Name of the AnalysisRun.</summary>
    public required string Name { get; set; }

    /// <summary>Its phase.</summary>
    public required string Status { get; set; }

    /// <summary>Its message.</summary>
    public string? Message { get; set; }
}
