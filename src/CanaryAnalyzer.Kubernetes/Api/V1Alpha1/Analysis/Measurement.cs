namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

/// <summary>One measurement.</summary>
public sealed class Measurement
{
    /// <summary>What came out of it.</summary>
    public required string Phase { get; set; }

    /// <summary>Why.</summary>
    public string? Message { get; set; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The value measured; of a comparison the verdict as JSON.</summary>
    public string? Value { get; set; }

    /// <summary>What the provider has to say or to remember.</summary>
    public Dictionary<string, string>? Metadata { get; set; }

    /// <summary>When it goes on.</summary>
    public DateTimeOffset? ResumeAt { get; set; }
}
