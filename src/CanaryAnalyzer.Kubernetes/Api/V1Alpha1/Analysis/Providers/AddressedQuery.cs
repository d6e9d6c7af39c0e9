namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>A query to a server.</summary>
public sealed class AddressedQuery
{
    /// <summary>Address of the server.</summary>
    public string? Address { get; set; }

    /// <summary>The query.</summary>
    public string? Query { get; set; }
}
