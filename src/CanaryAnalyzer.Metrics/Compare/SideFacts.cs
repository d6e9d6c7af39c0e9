using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Templates.Selectors;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>What is known about a side that has no series.</summary>
internal sealed record SideFacts
{
    /// <summary>canary, stable, or both.</summary>
    public required string Side { get; init; }

    /// <summary>The metric's own selector.</summary>
    public required SeriesSelector Selector { get; init; }

    /// <summary>Whether a histogram is wanted: series with buckets.</summary>
    public bool WantsBuckets { get; init; }

    /// <summary>What was asked with.</summary>
    public required Sides Sides { get; init; }

    /// <summary>The run's arguments.</summary>
    public required ImmutableDictionary<string, string> Arguments { get; init; }

    /// <summary>The series that the selector alone finds.</summary>
    public ImmutableArray<RawSeries> Present { get; init; } = [];

    /// <summary>The values of the selector's own labels on all series of the metric's name, where the selector finds none.</summary>
    public ImmutableArray<RawSeries> Named { get; init; } = [];

    /// <summary>Names of the metrics that stand where this one was looked for.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>The side's <c>up</c>: whether Prometheus could scrape its targets; empty where none has the side's labels.</summary>
    public ImmutableArray<double> Up { get; init; } = [];

    /// <summary>Whether <c>up</c> has the labels that tell the sides apart, as the other side shows.</summary>
    public bool IsUpKnown { get; init; }

    /// <summary>The matchers of the side.</summary>
    public ImmutableArray<LabelMatcher> Own => Side == "stable" ? Sides.Stable : Sides.Canary;

    /// <summary>The matchers of the other side.</summary>
    public ImmutableArray<LabelMatcher> Other => Side == "stable" ? Sides.Canary : Sides.Stable;

    /// <summary>Whether the other side has series: then the labels are the right ones.</summary>
    public bool OtherIsPresent => Side is "canary" or "stable" && Present.Any(series => Matching.All(series, Other));
}
