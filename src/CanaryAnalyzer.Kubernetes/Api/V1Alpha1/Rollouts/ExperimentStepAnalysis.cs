namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>One analysis of an Experiment that a step runs.</summary>
public sealed class ExperimentStepAnalysis
{
    /// <summary>Name of the analysis within the Experiment.</summary>
    public required string Name { get; set; }

    /// <summary>Name of the template.</summary>
    public required string TemplateName { get; set; }

    /// <summary>Whether it is a ClusterAnalysisTemplate.</summary>
    public bool? ClusterScope { get; set; }

    /// <summary>Values for the template's arguments.</summary>
    public List<RolloutAnalysisArgument>? Args { get; set; }

    /// <summary>Whether the Experiment waits for it.</summary>
    public bool? RequiredForCompletion { get; set; }
}
