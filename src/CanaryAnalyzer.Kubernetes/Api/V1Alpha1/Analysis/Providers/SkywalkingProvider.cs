namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>A SkyWalking query.</summary>
public sealed class SkywalkingProvider
{
    /// <summary>Address of the server.</summary>
    public string? Address { get; set; }

    /// <summary>The query, in GraphQL.</summary>
    public string? Query { get; set; }

    /// <summary>Time that the query covers; 5m if absent.</summary>
    public string? Interval { get; set; }
}
