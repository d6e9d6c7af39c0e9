namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>What one header must be.</summary>
public sealed class HeaderMatch
{
    /// <summary>Name of the header.</summary>
    public required string HeaderName { get; set; }

    /// <summary>What its value must be.</summary>
    public required StringMatch HeaderValue { get; set; }
}
