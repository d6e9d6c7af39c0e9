using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>One thing that is compared; exactly one of errorRate, latency, series, limit and traffic is set.</summary>
[ExactlyOneOf("errorRate", "latency", "series", "limit", "traffic")]
[Alternatives("""{"not":{"required":["errorRate"]}}""", """{"properties":{"margin":{"minLength":1,"maxLength":0,"minimum":1,"maximum":0},"tolerance":{"minLength":1,"maxLength":0,"minimum":1,"maximum":0}},"not":{"anyOf":[{"required":["bounds"]},{"required":["tails"]},{"required":["minEffect"]}]}}""")]
[Alternatives("""{"not":{"required":["latency"]}}""", """{"properties":{"margin":{"minLength":1,"maxLength":0,"minimum":1,"maximum":0},"tolerance":{"minLength":1,"maxLength":0,"minimum":1,"maximum":0}}}""")]
[Alternatives("""{"not":{"required":["series"]}}""", """{"properties":{"margin":{"minProperties":1,"maxProperties":0},"required":{"not":{"enum":[true]}}},"not":{"anyOf":[{"required":["tolerance"]},{"required":["bounds"]},{"required":["tails"]},{"required":["minEffect"]},{"required":["by"]}]}}""")]
[Alternatives("""{"not":{"required":["limit"]}}""", """{"not":{"anyOf":[{"required":["margin"]},{"required":["tolerance"]},{"required":["bounds"]},{"required":["tails"]},{"required":["minEffect"]},{"required":["by"]}]}}""")]
[Alternatives("""{"not":{"required":["traffic"]}}""", """{"properties":{"required":{"not":{"enum":[true]}}},"not":{"anyOf":[{"required":["margin"]},{"required":["tolerance"]},{"required":["bounds"]},{"required":["tails"]},{"required":["minEffect"]},{"required":["by"]},{"required":["weight"]}]}}""")]
public sealed class ComparisonMeasure
{
    /// <summary>Name of the measure, unique within the comparison.</summary>
    [Shape(ValueShape.ShortName)]
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
    [MaxLength(3)]
    [RefusedValues("pod", "instance", "job", "le", "__name__", "")]
    public List<string>? By { get; set; }

    /// <summary>Share of the tolerated false rollbacks, relative to the other measures; equal shares if absent.</summary>
    [Shape(ValueShape.Number, Minimum = 0.001, Maximum = 1000)]
    public NumberOrText? Weight { get; set; }

    /// <summary>Whether promotion needs safety shown here; default true for errorRate and latency, else false.</summary>
    public bool? Required { get; set; }

    /// <summary>What counts as harmful. At errorRate and latency an object, {ratio: 1.5, absolute: 0.1%} if absent; at series a share, 5% if absent.</summary>
    [Shape(ValueShape.Share)]
    [OrObject(typeof(Difference))]
    public JsonElement? Margin { get; set; }

    /// <summary>What counts as no difference, at errorRate and latency: an object; ratio 1 and a tenth of the margin's absolute if absent.</summary>
    [Shape(ValueShape.Share)]
    [OrObject(typeof(Difference))]
    public JsonElement? Tolerance { get; set; }

    /// <summary>Response times such as 250ms above which the shares of requests are compared; for latency, at most five.</summary>
    [Shape(ValueShape.PositiveDuration)]
    [MinLength(1)]
    [MaxLength(5)]
    public List<string>? Bounds { get; set; }

    /// <summary>Shares of slow requests that are looked at; 10%, 1% and 0.1% if absent and bounds too.</summary>
    [Shape(ValueShape.Share, Maximum = 0.5, ExclusiveMinimum = true, Example = "1%")]
    [MinLength(1)]
    [MaxLength(5)]
    public List<NumberOrText>? Tails { get; set; }

    /// <summary>Chance that a canary request is slower than a stable one, from which on it counts; 55% if absent.</summary>
    [Shape(ValueShape.Share, Minimum = 0.501, Maximum = 0.7, Example = "55%")]
    public NumberOrText? MinEffect { get; set; }

    /// <summary>Time at the start that is not counted; 60s for latency if absent, else 0s.</summary>
    [Shape(ValueShape.Duration)]
    public string? Warmup { get; set; }

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

    /// <summary>Compares how long requests take.</summary>
    public sealed class LatencyMeasure
    {
        /// <summary>Selector of the histogram, by its base name without _bucket.</summary>
        [Shape(ValueShape.Filled)]
        public required string Histogram { get; set; }

        /// <summary>
        /// Unit of the histogram's bucket bounds: s, ms, us or ns; if absent, the one that its name ends with, as in _seconds or _milliseconds.
        /// </summary>
        [AllowedValues("s", "ms", "us", "ns")]
        public string? Unit { get; set; }
    }

    /// <summary>Compares the values of a query.</summary>
    public sealed class SeriesMeasure
    {
        /// <summary>The query, in PromQL; the sides' matchers are put into its selectors.</summary>
        [Shape(ValueShape.Filled)]
        public required string Query { get; set; }

        /// <summary>Which direction is worse; Higher if absent.</summary>
        [AllowedValues("Higher", "Lower")]
        public string? Worse { get; set; }
    }

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

    /// <summary>A difference between canary and stable, as ratio and absolute difference together.</summary>
    public sealed class Difference
    {
        /// <summary>The ratio, such as 1.5.</summary>
        [Shape(ValueShape.Number, Minimum = 1, Maximum = 1000)]
        public NumberOrText? Ratio { get; set; }

        /// <summary>The absolute difference, such as 0.1%.</summary>
        [Shape(ValueShape.Share)]
        public NumberOrText? Absolute { get; set; }
    }
}
