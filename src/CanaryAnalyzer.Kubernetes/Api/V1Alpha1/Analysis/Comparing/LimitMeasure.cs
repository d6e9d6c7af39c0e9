using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Comparing;

/// <summary>Holds the canary's share of failed requests against a fixed limit.</summary>
public sealed class LimitMeasure
{
    /// <summary>Selector of the counter of all requests.</summary>
    public required string Requests { get; set; }

    /// <summary>Selector of the counter of failed requests.</summary>
    public required string Errors { get; set; }

    /// <summary>The largest share that is accepted, such as 5%.</summary>
    [Shape(ValueShape.Share)]
    public required NumberOrText Max { get; set; }
}
