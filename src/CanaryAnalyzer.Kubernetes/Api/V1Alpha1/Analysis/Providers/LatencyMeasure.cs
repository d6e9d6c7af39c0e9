using System.ComponentModel.DataAnnotations;
using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>Compares how long requests take.</summary>
public sealed class LatencyMeasure
{
    /// <summary>Selector of the histogram, by its base name without _bucket.</summary>
    [Shape(ValueShape.Filled)]
    public required string Histogram { get; set; }

    /// <summary>Unit of the histogram's bucket bounds: s, ms, us or ns; if absent, the one that its name ends with, as in _seconds or _milliseconds.</summary>
    [AllowedValues("s", "ms", "us", "ns")]
    public string? Unit { get; set; }
}
