using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>Where an argument's value is found; one of its members is set.</summary>
public sealed class RolloutArgumentSource
{
    /// <summary>The pod hash of the Stable or of the Latest version.</summary>
    public string? PodTemplateHashValue { get; set; }

    /// <summary>A field of the Rollout.</summary>
    public FieldReference? FieldRef { get; set; }
}
