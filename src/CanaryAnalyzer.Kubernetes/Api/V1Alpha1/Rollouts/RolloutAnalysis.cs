using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>Which templates are run, and with what.</summary>
public sealed class RolloutAnalysis
{
    /// <summary>The templates, combined into one AnalysisRun.</summary>
    public List<RolloutAnalysisTemplate>? Templates { get; set; }

    /// <summary>Values for the templates' arguments.</summary>
    public List<RolloutAnalysisArgument>? Args { get; set; }

    /// <summary>Metrics that are measured without deciding anything.</summary>
    public List<DryRun>? DryRun { get; set; }

    /// <summary>How many measurements of a metric are kept.</summary>
    public List<MeasurementRetention>? MeasurementRetention { get; set; }

    /// <summary>Labels and annotations for the AnalysisRun.</summary>
    public AddedMetadata? AnalysisRunMetadata { get; set; }
}
