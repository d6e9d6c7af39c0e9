using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Planning;

/// <summary>What a pause can find out about one measure.</summary>
public sealed record MeasureForecast
{
    /// <summary>The measure's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it compares.</summary>
    public required MeasureKind Kind { get; init; }

    /// <summary>Whether promotion needs it.</summary>
    public required bool Required { get; init; }

    /// <summary>How many canary requests it will have counted by the deadline.</summary>
    public required long CanaryRequests { get; init; }

    /// <summary>The smallest ratio found by the deadline with the wanted power; null: none.</summary>
    public double? SmallestRatio { get; init; }

    /// <summary>How long harm of some sizes needs to be found.</summary>
    public required ImmutableArray<RatioForecast> Found { get; init; }

    /// <summary>Latency: the bounds that the template asks for, and where they are watched.</summary>
    public ImmutableArray<BoundReport> Asked { get; init; } = [];

    /// <summary>
    /// Latency that promotion needs: the bounds that must be shown safe. Empty where no bound lies near p90 or p99, so that nothing can be shown, and where too few requests lie
    /// above all bounds that are asked for.
    /// </summary>
    public required ImmutableArray<BoundForecast> Bounds { get; init; }

    /// <summary>Whether the histogram's bounds are too far apart for the margin: what it calls harm is far from what the margin says.</summary>
    public bool IsTooCoarse => Required && Kind == MeasureKind.Latency && ((Bounds.IsEmpty && Asked.All(bound => bound.Bound is null)) || Bounds.Any(bound => bound.IsTooCoarse));
}
