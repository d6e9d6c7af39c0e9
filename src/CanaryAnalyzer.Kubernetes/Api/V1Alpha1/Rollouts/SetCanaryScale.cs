namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>Scales the new version apart from its traffic; one of its members is set.</summary>
public sealed class SetCanaryScale
{
    /// <summary>Percentage of spec.replicas.</summary>
    public int? Weight { get; set; }

    /// <summary>Number of pods.</summary>
    public int? Replicas { get; set; }

    /// <summary>Back to the share of pods that the traffic has.</summary>
    public bool? MatchTrafficWeight { get; set; }
}
