namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

/// <summary>How many measurements are kept.</summary>
public sealed class MeasurementRetention
{
    /// <summary>Regular expression for the names of the metrics.</summary>
    public required string MetricName { get; set; }

    /// <summary>How many are kept of each; 10 without such a rule.</summary>
    public required int Limit { get; set; }
}
