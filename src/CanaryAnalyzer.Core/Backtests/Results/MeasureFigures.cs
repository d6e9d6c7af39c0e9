using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Backtests.Results;

/// <summary>What history says about one measure.</summary>
public sealed record MeasureFigures
{
    /// <summary>The measure's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its kind.</summary>
    public required MeasureKind Kind { get; init; }

    /// <summary>Requests counted.</summary>
    public required long Requests { get; init; }

    /// <summary>The share that failed; null for latency.</summary>
    public double? ErrorShare { get; init; }

    /// <summary>The median latency in seconds; null for errors.</summary>
    public double? P50 { get; init; }

    /// <summary>The 99th percentile in seconds; null for errors.</summary>
    public double? P99 { get; init; }

    /// <summary>The bounds that the measure asks for, in their order; empty where it asks for none, and where nothing was counted.</summary>
    public ImmutableArray<BoundFigures> Bounds { get; init; } = [];

    /// <summary>By how much the judge toned evidence down at the end of a window: 1 is independent requests.</summary>
    public Spread? Dispersion { get; init; }

    /// <summary>
    /// How much the pods' own shares of failed or slow requests differ for good, as a part of the mean share (a standard deviation without what chance adds); null
    /// where there are too few requests to tell.
    /// </summary>
    public double? PodDifference { get; init; }
}
