using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>Holds the canary's share of all requests against the weight that it was given.</summary>
public sealed class TrafficMeasure
{
    /// <summary>Selector of the counter of all requests.</summary>
    [Shape(ValueShape.Filled)]
    public required string Requests { get; set; }

    /// <summary>The share that the canary should get, such as 10%; the weight at the pause if absent.</summary>
    [Shape(ValueShape.Share, Minimum = 0.000001, Maximum = 0.999999)]
    public NumberOrText? Share { get; set; }
}
