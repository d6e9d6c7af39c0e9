using System.Text.Json;
using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Comparing;

/// <summary>One thing that is compared; exactly one of errorRate, latency, series, limit and traffic is set.</summary>
public sealed class ComparisonMeasure
{
    /// <summary>Name of the measure, unique within the comparison.</summary>
    public required string Name { get; set; }

    /// <summary>Compares the share of failed requests.</summary>
    public ErrorRateMeasure? ErrorRate { get; set; }

    /// <summary>Compares how long requests take.</summary>
    public LatencyMeasure? Latency { get; set; }

    /// <summary>Compares the values of a query.</summary>
    public SeriesMeasure? Series { get; set; }

    /// <summary>Holds the canary's share of failed requests against a fixed limit.</summary>
    public LimitMeasure? Limit { get; set; }

    /// <summary>Holds the canary's share of all requests against the weight that it was given: where they differ, nothing is promoted.</summary>
    public TrafficMeasure? Traffic { get; set; }

    /// <summary>Labels such as route by whose values requests are compared, each with its like; for errorRate and latency.</summary>
    public List<string>? By { get; set; }

    /// <summary>Share of the tolerated false rollbacks, relative to the other measures; equal shares if absent.</summary>
    [Shape(ValueShape.Number)]
    public NumberOrText? Weight { get; set; }

    /// <summary>Whether promotion needs safety shown here; default true for errorRate and latency, else false.</summary>
    public bool? Required { get; set; }

    /// <summary>What counts as harmful: a share such as 5%, or ratio and absolute difference.</summary>
    [Shape(ValueShape.Share)]
    [OrObject(typeof(ComparisonMargin))]
    public JsonElement? Margin { get; set; }

    /// <summary>What counts as no difference: a share, or ratio and absolute difference.</summary>
    [Shape(ValueShape.Share)]
    [OrObject(typeof(ComparisonMargin))]
    public JsonElement? Tolerance { get; set; }

    /// <summary>Response times such as 250ms above which the shares of requests are compared; for latency, at most five.</summary>
    [Shape(ValueShape.Duration)]
    public List<string>? Bounds { get; set; }

    /// <summary>Shares of slow requests that are looked at; 10%, 1% and 0.1% if absent and bounds too.</summary>
    [Shape(ValueShape.Share)]
    public List<NumberOrText>? Tails { get; set; }

    /// <summary>Chance that a canary request is slower than a stable one, from which on it counts; 55% if absent.</summary>
    [Shape(ValueShape.Share)]
    public NumberOrText? MinEffect { get; set; }

    /// <summary>Time at the start that is not counted; 60s for latency if absent, else 0s.</summary>
    [Shape(ValueShape.Duration)]
    public string? Warmup { get; set; }
}
