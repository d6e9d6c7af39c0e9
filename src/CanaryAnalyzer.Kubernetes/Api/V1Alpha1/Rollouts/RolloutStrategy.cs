namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>How a new version replaces the old one; exactly one member is set.</summary>
public sealed class RolloutStrategy
{
    /// <summary>Runs the new version beside the old one and switches all traffic at once.</summary>
    public BlueGreenStrategy? BlueGreen { get; set; }

    /// <summary>Moves traffic and pods to the new version step by step.</summary>
    public CanaryStrategy? Canary { get; set; }
}
