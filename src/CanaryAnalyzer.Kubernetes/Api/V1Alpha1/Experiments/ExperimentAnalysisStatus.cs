namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Experiments;

/// <summary>State of one analysis of an Experiment.</summary>
public sealed class ExperimentAnalysisStatus
{
    /// <summary>Name of the analysis.</summary>
    public required string Name { get; set; }

    /// <summary>Name of its AnalysisRun.</summary>
    public required string AnalysisRun { get; set; }

    /// <summary>Phase of the AnalysisRun.</summary>
    public required string Phase { get; set; }

    /// <summary>Message of the AnalysisRun.</summary>
    public string? Message { get; set; }
}
