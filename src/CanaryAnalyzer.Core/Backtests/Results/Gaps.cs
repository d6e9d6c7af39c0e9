using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Backtests.Results;

/// <summary>What is missing or broken in a history.</summary>
public sealed record Gaps
{
    /// <summary>Intervals without counts of any pod, as stretches.</summary>
    public required ImmutableArray<(DateTimeOffset From, DateTimeOffset To)> Holes { get; init; }

    /// <summary>The part of the pods' intervals without counts though the pod was there before and after.</summary>
    public required double MissedShare { get; init; }

    /// <summary>How many times a pod's counters began anew.</summary>
    public required int Resets { get; init; }

    /// <summary>How many pods had counts.</summary>
    public required int Pods { get; init; }

    /// <summary>How many pods appeared after the beginning.</summary>
    public required int Joined { get; init; }

    /// <summary>How many pods went before the end.</summary>
    public required int Left { get; init; }
}
