using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>A difference between canary and stable, as ratio and absolute difference together.</summary>
public sealed class ComparisonMargin
{
    /// <summary>The ratio, such as 1.5.</summary>
    [Shape(ValueShape.Number, Minimum = 1, Maximum = 1000)]
    public NumberOrText? Ratio { get; set; }

    /// <summary>The absolute difference, such as 0.1%.</summary>
    [Shape(ValueShape.Share)]
    public NumberOrText? Absolute { get; set; }
}
