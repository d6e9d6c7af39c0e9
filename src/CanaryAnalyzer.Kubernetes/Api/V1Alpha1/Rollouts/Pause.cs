namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>A step that waits.</summary>
public sealed class Pause
{
    /// <summary>How long to wait: seconds, or text such as 5m; until somebody promotes, if absent.</summary>
    public IntOrString? Duration { get; set; }
}
