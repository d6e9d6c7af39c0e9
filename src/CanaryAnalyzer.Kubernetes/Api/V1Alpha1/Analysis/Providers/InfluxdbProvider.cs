namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>An InfluxDB query.</summary>
public sealed class InfluxdbProvider
{
    /// <summary>Name of the Secret with the account.</summary>
    public string? Profile { get; set; }

    /// <summary>The query, in Flux.</summary>
    public string? Query { get; set; }
}
