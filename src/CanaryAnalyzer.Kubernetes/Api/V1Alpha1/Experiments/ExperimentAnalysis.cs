using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Experiments;

/// <summary>One analysis of an Experiment.</summary>
public sealed class ExperimentAnalysis
{
    /// <summary>Name of the analysis within the Experiment.</summary>
    public required string Name { get; set; }

    /// <summary>Name of the template.</summary>
    public required string TemplateName { get; set; }

    /// <summary>Whether it is a ClusterAnalysisTemplate.</summary>
    public bool? ClusterScope { get; set; }

    /// <summary>Values for the template's arguments.</summary>
    public List<Argument>? Args { get; set; }

    /// <summary>Whether the Experiment waits for it.</summary>
    public bool? RequiredForCompletion { get; set; }
}
