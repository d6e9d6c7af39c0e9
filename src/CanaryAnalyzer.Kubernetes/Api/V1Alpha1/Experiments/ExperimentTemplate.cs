using System.Text.Json;
using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Experiments;

/// <summary>One version that an Experiment runs.</summary>
public sealed class ExperimentTemplate
{
    /// <summary>Name of the version within the Experiment.</summary>
    public required string Name { get; set; }

    /// <summary>Number of pods; 1 if absent.</summary>
    public int? Replicas { get; set; }

    /// <summary>Seconds for which a new pod must be ready before it counts as available; 0 if absent.</summary>
    public int? MinReadySeconds { get; set; }

    /// <summary>Selects its pods.</summary>
    public required LabelSelector Selector { get; set; }

    /// <summary>The pod template.</summary>
    [PodTemplate]
    public required JsonElement Template { get; set; }

    /// <summary>A Service for it; none if absent.</summary>
    public ExperimentService? Service { get; set; }
}
