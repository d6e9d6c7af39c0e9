using System.ComponentModel.DataAnnotations;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>Analysis that runs beside the steps.</summary>
public sealed class BackgroundAnalysis
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

    /// <summary>Index of the step at which the analysis begins; 0 if absent. It never begins where there is no such step.</summary>
    [Range(0, int.MaxValue)]
    public int? StartingStep { get; set; }
}
