namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>A change of the new version's share.</summary>
public sealed class WeightChange
{
    /// <summary>The share from then on, in percent.</summary>
    public required int Weight { get; set; }

    /// <summary>When it was set.</summary>
    public required DateTimeOffset At { get; set; }
}
