namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

/// <summary>Where an argument's value is found; one of its members is set.</summary>
public sealed class ArgumentSource
{
    /// <summary>A key of a Secret in the run's namespace.</summary>
    public SecretKeyReference? SecretKeyRef { get; set; }

    /// <summary>A field of the Rollout.</summary>
    public FieldReference? FieldRef { get; set; }
}
