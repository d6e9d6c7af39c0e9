using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

/// <summary>One thing that is measured.</summary>
public sealed class Metric
{
    /// <summary>Name of the metric, unique within a run.</summary>
    public required string Name { get; set; }

    /// <summary>Time between measurements, such as 30s.</summary>
    [Shape(ValueShape.PositiveDuration, TakesEmpty = true)]
    public string? Interval { get; set; }

    /// <summary>Time from the run's start to the first measurement.</summary>
    [Shape(ValueShape.PositiveDuration, TakesEmpty = true)]
    public string? InitialDelay { get; set; }

    /// <summary>Number of measurements; 1 without an interval, endless with one.</summary>
    [Shape(ValueShape.Count)]
    public IntOrString? Count { get; set; }

    /// <summary>Expression that is true where a measurement is good.</summary>
    public string? SuccessCondition { get; set; }

    /// <summary>Expression that is true where a measurement is bad.</summary>
    public string? FailureCondition { get; set; }

    /// <summary>How many bad measurements are tolerated; 0 if absent, -1 for any number.</summary>
    [Shape(ValueShape.Count, Minimum = -1)]
    public IntOrString? FailureLimit { get; set; }

    /// <summary>How many inconclusive measurements are tolerated; 0 if absent.</summary>
    [Shape(ValueShape.Count)]
    public IntOrString? InconclusiveLimit { get; set; }

    /// <summary>How many errors in a row are tolerated; 4 if absent.</summary>
    [Shape(ValueShape.Count)]
    public IntOrString? ConsecutiveErrorLimit { get; set; }

    /// <summary>Number of good measurements in a row after which the metric is done; off if absent.</summary>
    [Shape(ValueShape.Count)]
    public IntOrString? ConsecutiveSuccessLimit { get; set; }

    /// <summary>Where the numbers come from; exactly one of its members is set.</summary>
    public required MetricProvider Provider { get; set; }
}
