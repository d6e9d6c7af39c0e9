namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>What a text must be; one of its members is set.</summary>
public sealed class StringMatch
{
    /// <summary>Exactly this.</summary>
    public string? Exact { get; set; }

    /// <summary>Something that begins with this.</summary>
    public string? Prefix { get; set; }

    /// <summary>Something that this regular expression matches.</summary>
    public string? Regex { get; set; }
}
