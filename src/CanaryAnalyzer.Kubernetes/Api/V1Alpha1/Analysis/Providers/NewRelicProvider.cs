namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>A New Relic query.</summary>
public sealed class NewRelicProvider
{
    /// <summary>Name of the Secret with the account.</summary>
    public string? Profile { get; set; }

    /// <summary>The query, in NRQL.</summary>
    public required string Query { get; set; }

    /// <summary>Time limit in seconds; 5 if absent.</summary>
    public long? Timeout { get; set; }
}
