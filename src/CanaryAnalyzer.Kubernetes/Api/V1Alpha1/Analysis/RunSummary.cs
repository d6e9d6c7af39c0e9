namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

/// <summary>Number of metrics by outcome.</summary>
public sealed class RunSummary
{
    /// <summary>All.</summary>
    public int? Count { get; set; }

    /// <summary>The successful ones.</summary>
    public int? Successful { get; set; }

    /// <summary>The failed ones.</summary>
    public int? Failed { get; set; }

    /// <summary>The inconclusive ones.</summary>
    public int? Inconclusive { get; set; }

    /// <summary>Those that could not be measured.</summary>
    public int? Error { get; set; }
}
