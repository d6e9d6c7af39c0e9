namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>One version that an Experiment of a step runs.</summary>
public sealed class ExperimentStepTemplate
{
    /// <summary>Name of the version within the Experiment.</summary>
    public required string Name { get; set; }

    /// <summary>Whose pod template it has: canary or stable.</summary>
    public required string SpecRef { get; set; }

    /// <summary>Number of pods; 1 if absent.</summary>
    public int? Replicas { get; set; }

    /// <summary>Labels and annotations for its pods.</summary>
    public AddedMetadata? Metadata { get; set; }

    /// <summary>Selects its pods; the Rollout's selector if absent.</summary>
    public LabelSelector? Selector { get; set; }

    /// <summary>Percentage of traffic for it.</summary>
    public int? Weight { get; set; }

    /// <summary>A Service for it; none if absent.</summary>
    public ExperimentStepService? Service { get; set; }
}
