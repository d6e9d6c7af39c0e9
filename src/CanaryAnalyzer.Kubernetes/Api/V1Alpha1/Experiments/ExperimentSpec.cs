using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Experiments;

/// <summary>What an Experiment runs.</summary>
public sealed class ExperimentSpec
{
    /// <summary>The versions.</summary>
    public required List<ExperimentTemplate> Templates { get; set; }

    /// <summary>How long, such as 5m; until the analyses are done or it is terminated, if absent.</summary>
    public string? Duration { get; set; }

    /// <summary>Seconds without progress after which it counts as failed; 600 if absent.</summary>
    public int? ProgressDeadlineSeconds { get; set; }

    /// <summary>Ends the Experiment.</summary>
    public bool? Terminate { get; set; }

    /// <summary>Analyses that run meanwhile.</summary>
    public List<ExperimentAnalysis>? Analyses { get; set; }

    /// <summary>Seconds for which the pods are kept at the end; 30 if absent.</summary>
    public int? ScaleDownDelaySeconds { get; set; }

    /// <summary>Metrics that are measured without deciding anything.</summary>
    public List<DryRun>? DryRun { get; set; }

    /// <summary>How many measurements of a metric are kept.</summary>
    public List<MeasurementRetention>? MeasurementRetention { get; set; }

    /// <summary>Labels and annotations for the AnalysisRuns.</summary>
    public AddedMetadata? AnalysisRunMetadata { get; set; }
}
