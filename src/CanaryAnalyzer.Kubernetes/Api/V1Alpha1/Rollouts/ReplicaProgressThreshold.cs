using System.ComponentModel.DataAnnotations;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>How many of a canary's pods must be available for it to count as ready.</summary>
public sealed class ReplicaProgressThreshold
{
    /// <summary>Percent or Pods.</summary>
    [AllowedValues("Percent", "Pods")]
    public required string Type { get; set; }

    /// <summary>The number, in that unit.</summary>
    public required int Value { get; set; }
}
