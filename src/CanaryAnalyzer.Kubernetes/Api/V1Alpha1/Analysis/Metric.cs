using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

/// <summary>One thing that is measured.</summary>
public sealed class Metric
{
    /// <summary>Name of the metric, unique within a run.</summary>
    public required string Name { get; set; }

    /// <summary>Time between measurements, such as 30s.</summary>
    public string? Interval { get; set; }

    /// <summary>Time from the run's start to the first measurement.</summary>
    public string? InitialDelay { get; set; }

    /// <summary>Number of measurements; 1 without an interval, endless with one.</summary>
    public IntOrString? Count { get; set; }

    /// <summary>Expression that is true where a measurement is good.</summary>
    public string? SuccessCondition { get; set; }

    /// <summary>Expression that is true where a measurement is bad.</summary>
    public string? FailureCondition { get; set; }

    /// <summary>How many bad measurements are tolerated; 0 if absent, -1 for any number.</summary>
    public IntOrString? FailureLimit { get; set; }

    /// <summary>How many inconclusive measurements are tolerated; 0 if absent.</summary>
    public IntOrString? InconclusiveLimit { get; set; }

    /// <summary>How many errors in a row are tolerated; 4 if absent.</summary>
    public IntOrString? ConsecutiveErrorLimit { get; set; }

    /// <summary>Number of good measurements in a row after which the metric is done; off if absent.</summary>
    public IntOrString? ConsecutiveSuccessLimit { get; set; }

    /// <summary>Where the numbers come from; exactly one of its members is set.</summary>
    public required MetricProvider Provider { get; set; }
}
