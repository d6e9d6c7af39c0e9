using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Planning;

/// <summary>What a judged pause can decide at an assumed traffic.</summary>
public sealed record PauseForecast
{
    /// <summary>When the pause ends undecided.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>The measures that can be forecast, in the comparison's order; those of values and of shares of traffic cannot.</summary>
    public required ImmutableArray<MeasureForecast> Measures { get; init; }

    /// <summary>When the traffic suffices to show that a canary equal to stable is safe; null: not within the time that was looked at.</summary>
    public TimeSpan? ShownSafeAfter { get; init; }

    /// <summary>The part of simulated pauses with a canary equal to stable that were promoted.</summary>
    public required double Promoted { get; init; }

    /// <summary>The part of them that were rolled back.</summary>
    public required double RolledBack { get; init; }

    /// <summary>The median time to promotion of those that were promoted; null where none was.</summary>
    public TimeSpan? PromotedAfter { get; init; }

    /// <summary>Why most of the others stayed undecided; null where none did.</summary>
    public VerdictReason? UndecidedBecause { get; init; }

    /// <summary>How many pauses were simulated.</summary>
    public required int Simulated { get; init; }

    /// <summary>The smallest ratio that every required measure finds by the deadline; null where one finds none, or none is required.</summary>
    public double? SmallestRatio =>
        Measures.Where(measure => measure.Required).ToList() is { Count: > 0 } needed && needed.TrueForAll(measure => measure.SmallestRatio is not null)
            ? needed.Max(measure => measure.SmallestRatio)
            : null;
}
