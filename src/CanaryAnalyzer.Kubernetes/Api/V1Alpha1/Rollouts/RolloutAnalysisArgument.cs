namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>A value for one argument of the templates.</summary>
public sealed class RolloutAnalysisArgument
{
    /// <summary>Name of the argument.</summary>
    public required string Name { get; set; }

    /// <summary>The value itself.</summary>
    public string? Value { get; set; }

    /// <summary>Where the value is found instead.</summary>
    public RolloutArgumentSource? ValueFrom { get; set; }
}
