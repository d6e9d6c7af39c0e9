using System.ComponentModel.DataAnnotations;
using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>Compares the canary with the stable version at any number of looks, and promotes or rolls back on evidence.</summary>
public sealed class Comparison
{
    /// <summary>Address of the Prometheus server; the controller's own if absent.</summary>
    [Shape(ValueShape.Address)]
    public string? Address { get; set; }

    /// <summary>How to authenticate.</summary>
    public Authentication? Authentication { get; set; }

    /// <summary>Time limit of a query in seconds; 30 if absent.</summary>
    [Range(1, 600)]
    public long? Timeout { get; set; }

    /// <summary>Whether any server certificate is accepted.</summary>
    public bool? Insecure { get; set; }

    /// <summary>Headers of the requests.</summary>
    public List<HttpHeader>? Headers { get; set; }

    /// <summary>Matcher of the canary's series, for instance pod=~"{{args.canary-pods}}", which is the default.</summary>
    [Shape(ValueShape.Filled)]
    public string? Canary { get; set; }

    /// <summary>Matcher of the stable version's series; pod=~"{{args.stable-pods}}" if absent.</summary>
    [Shape(ValueShape.Filled)]
    public string? Stable { get; set; }

    /// <summary>Time between looks, at least 1s; 30s if absent. Looks are free: evaluate as often as Prometheus scrapes.</summary>
    [Shape(ValueShape.PositiveDuration)]
    public string? Interval { get; set; }

    /// <summary>Least time before it promotes; 5m if absent.</summary>
    [Shape(ValueShape.Duration)]
    public string? MinDuration { get; set; }

    /// <summary>Time after which it ends undecided, at least 1s; 30m if absent.</summary>
    [Shape(ValueShape.PositiveDuration)]
    public string? MaxDuration { get; set; }

    /// <summary>WhenSafe (default) promotes as soon as safety is shown, AtEnd at maxDuration.</summary>
    [AllowedValues("WhenSafe", "AtEnd")]
    public string? Promote { get; set; }

    /// <summary>How often it may err.</summary>
    public RiskSpec? Risk { get; set; }

    /// <summary>Power for which the smallest detectable ratio is reported; 80% if absent.</summary>
    [Shape(ValueShape.Share, Minimum = 0.5, Maximum = 0.999, Example = "80%")]
    public NumberOrText? Power { get; set; }

    /// <summary>Least number of the canary's requests before it promotes; 100 if absent.</summary>
    [Shape(ValueShape.Count, Maximum = 1_000_000_000_000)]
    public NumberOrText? MinRequests { get; set; }

    /// <summary>How far back the stable version is read for its own noise, at most 24h; 15m if absent.</summary>
    [Shape(ValueShape.Duration)]
    public string? History { get; set; }

    /// <summary>Label that names what is counted as one unit; pod, else instance, if absent.</summary>
    [Shape(ValueShape.LabelName)]
    public string? Target { get; set; }

    /// <summary>Distance of the samples, at least 100ms; measured if absent.</summary>
    [Shape(ValueShape.PositiveDuration)]
    public string? ScrapeInterval { get; set; }

    /// <summary>What is compared.</summary>
    [MinLength(1)]
    [MaxLength(20)]
    public required List<ComparisonMeasure> Measures { get; set; }

    /// <summary>How often a comparison may err, over a whole release.</summary>
    public sealed class RiskSpec
    {
        /// <summary>Share of good versions that may be rolled back; 1% if absent.</summary>
        [Shape(ValueShape.Share, Minimum = 0.000001, Maximum = 0.5)]
        public NumberOrText? FalseRollback { get; set; }

        /// <summary>Share of harmful versions that may be promoted; 5% if absent.</summary>
        [Shape(ValueShape.Share, Minimum = 0.000001, Maximum = 0.5)]
        public NumberOrText? FalsePromotion { get; set; }
    }
}
