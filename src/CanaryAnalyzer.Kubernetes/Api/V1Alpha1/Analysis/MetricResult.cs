namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

/// <summary>One metric's result.</summary>
public sealed class MetricResult
{
    /// <summary>Name of the metric.</summary>
    public required string Name { get; set; }

    /// <summary>Its phase.</summary>
    public required string Phase { get; set; }

    /// <summary>The latest measurements, oldest first.</summary>
    public List<Measurement>? Measurements { get; set; }

    /// <summary>Why it is in this phase.</summary>
    public string? Message { get; set; }

    /// <summary>Number of measurements without an error.</summary>
    public int? Count { get; set; }

    /// <summary>Number of good ones.</summary>
    public int? Successful { get; set; }

    /// <summary>Number of bad ones.</summary>
    public int? Failed { get; set; }

    /// <summary>Number of inconclusive ones.</summary>
    public int? Inconclusive { get; set; }

    /// <summary>Number of errors.</summary>
    public int? Error { get; set; }

    /// <summary>Number of errors in a row.</summary>
    public int? ConsecutiveError { get; set; }

    /// <summary>Number of good measurements in a row.</summary>
    public int? ConsecutiveSuccess { get; set; }

    /// <summary>Whether the metric decides nothing.</summary>
    public bool? DryRun { get; set; }

    /// <summary>What the provider has to say, such as the resolved query.</summary>
    public Dictionary<string, string>? Metadata { get; set; }
}
