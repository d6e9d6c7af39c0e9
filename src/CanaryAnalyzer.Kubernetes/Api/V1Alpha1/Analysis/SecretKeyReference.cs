namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

/// <summary>Names a key of a Secret.</summary>
public sealed class SecretKeyReference
{
    /// <summary>Name of the Secret.</summary>
    public required string Name { get; set; }

    /// <summary>The key.</summary>
    public required string Key { get; set; }
}
