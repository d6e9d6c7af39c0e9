using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>Compares the share of failed requests.</summary>
public sealed class ErrorRateMeasure
{
    /// <summary>Selector of the counter of all requests.</summary>
    [Shape(ValueShape.Filled)]
    public required string Requests { get; set; }

    /// <summary>Selector of the counter of failed requests.</summary>
    [Shape(ValueShape.Filled)]
    public required string Errors { get; set; }
}
