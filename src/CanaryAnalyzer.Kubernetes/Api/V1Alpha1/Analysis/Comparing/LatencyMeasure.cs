using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Comparing;

/// <summary>Compares how long requests take.</summary>
public sealed class LatencyMeasure
{
    /// <summary>Selector of the histogram, by its base name without _bucket.</summary>
    [Shape(ValueShape.Filled)]
    public required string Histogram { get; set; }
}
