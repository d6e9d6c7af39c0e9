using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>A step that waits.</summary>
public sealed class Pause
{
    /// <summary>How long to wait; until somebody promotes, if absent.</summary>
    [Shape(ValueShape.Wait, TakesArguments = false)]
    public IntOrString? Duration { get; set; }
}
