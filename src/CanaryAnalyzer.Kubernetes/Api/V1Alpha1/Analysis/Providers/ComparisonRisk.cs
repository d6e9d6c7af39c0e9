using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>How often a comparison may err, over a whole release.</summary>
public sealed class ComparisonRisk
{
    /// <summary>Share of good versions that may be rolled back; 1% if absent.</summary>
    [Shape(ValueShape.Share, Minimum = 0.000001, Maximum = 0.5)]
    public NumberOrText? FalseRollback { get; set; }

    /// <summary>Share of harmful versions that may be promoted; 5% if absent.</summary>
    [Shape(ValueShape.Share, Minimum = 0.000001, Maximum = 0.5)]
    public NumberOrText? FalsePromotion { get; set; }
}
