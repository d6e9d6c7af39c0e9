using System.Collections.Immutable;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>What there is of one measure on one side.</summary>
public sealed record SideSurvey
{
    /// <summary>The matchers that were asked with; empty where all series were.</summary>
    public string Matchers { get; init; } = "";

    /// <summary>How many pods (or instances) had samples within five minutes.</summary>
    public int Targets { get; init; }

    /// <summary>Distance of the samples; null where it can't be seen.</summary>
    public TimeSpan? ScrapeInterval { get; init; }

    /// <summary>Age of the newest sample; null where there is none within five minutes.</summary>
    public TimeSpan? NewestAge { get; init; }

    /// <summary>Requests a second over five minutes.</summary>
    public double RequestsPerSecond { get; init; }

    /// <summary>The share of them that failed; null where the measure counts no errors, or saw no requests.</summary>
    public double? ErrorShare { get; init; }

    /// <summary>Upper bounds of the latency buckets in seconds, without +Inf; empty where the measure has none.</summary>
    public ImmutableArray<double> Bounds { get; init; } = [];

    /// <summary>The share of requests in each bucket, the last one that of +Inf; empty where the measure has none, or saw no requests.</summary>
    public ImmutableArray<double> BucketShares { get; init; } = [];

    /// <summary>Why what is there can't be counted; empty where it can, and where there is nothing.</summary>
    public string Flaw { get; init; } = "";

    /// <summary>Where there are no series: why that may be, and which labels of those that are there would do; else empty.</summary>
    public string Advice { get; init; } = "";
}
