using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>A step that runs an Experiment.</summary>
public sealed class ExperimentStep
{
    /// <summary>The versions to run.</summary>
    public required List<ExperimentStepTemplate> Templates { get; set; }

    /// <summary>How long, such as 5m; until the analyses are done, if absent.</summary>
    public string? Duration { get; set; }

    /// <summary>The analyses to run meanwhile.</summary>
    public List<ExperimentStepAnalysis>? Analyses { get; set; }

    /// <summary>Metrics that are measured without deciding anything.</summary>
    public List<DryRun>? DryRun { get; set; }

    /// <summary>Labels and annotations for the AnalysisRuns.</summary>
    public AddedMetadata? AnalysisRunMetadata { get; set; }

    /// <summary>Seconds for which the pods are kept at the end; 30 if absent.</summary>
    public int? ScaleDownDelaySeconds { get; set; }
}
