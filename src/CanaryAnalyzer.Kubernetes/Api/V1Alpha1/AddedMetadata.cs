namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1;

/// <summary>Labels and annotations that are added to objects.</summary>
public sealed class AddedMetadata
{
    /// <summary>Labels to add.</summary>
    public Dictionary<string, string>? Labels { get; set; }

    /// <summary>Annotations to add.</summary>
    public Dictionary<string, string>? Annotations { get; set; }
}
