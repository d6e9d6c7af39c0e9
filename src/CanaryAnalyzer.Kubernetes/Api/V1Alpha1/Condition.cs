namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1;

/// <summary>One aspect of a resource's state.</summary>
public sealed class Condition
{
    /// <summary>Which aspect, for instance Available or Progressing.</summary>
    public required string Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    public required string Status { get; set; }

    /// <summary>The cause in one word.</summary>
    public string? Reason { get; set; }

    /// <summary>The cause in a sentence.</summary>
    public string? Message { get; set; }

    /// <summary>The generation of the spec that this is about.</summary>
    public long? ObservedGeneration { get; set; }

    /// <summary>When the condition was last written or confirmed.</summary>
    public DateTimeOffset? LastUpdateTime { get; set; }

    /// <summary>When the status last changed.</summary>
    public DateTimeOffset? LastTransitionTime { get; set; }
}
