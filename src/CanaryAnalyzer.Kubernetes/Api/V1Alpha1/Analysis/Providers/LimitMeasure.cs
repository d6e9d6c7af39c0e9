using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>Holds the canary's share of failed requests against a fixed limit.</summary>
public sealed class LimitMeasure
{
    /// <summary>Selector of the counter of all requests.</summary>
    [Shape(ValueShape.Filled)]
    public required string Requests { get; set; }

    /// <summary>Selector of the counter of failed requests.</summary>
    [Shape(ValueShape.Filled)]
    public required string Errors { get; set; }

    /// <summary>The largest share that is accepted, such as 5%.</summary>
    [Shape(ValueShape.Share, Minimum = 0.000001, Maximum = 0.999)]
    public required NumberOrText Max { get; set; }
}
