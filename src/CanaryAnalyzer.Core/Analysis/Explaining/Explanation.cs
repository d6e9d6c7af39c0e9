using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Analysis.Explaining;

/// <summary>Everything that one look rests on, whole: what the AnalysisRun keeps is a short form of it.</summary>
public sealed record Explanation
{
    /// <summary>The look in numbers.</summary>
    public required LookReport Report { get; init; }

    /// <summary>The queries as they were sent, without their range.</summary>
    public ImmutableArray<string> Queries { get; init; } = [];

    /// <summary>What is wrong or missing in the data.</summary>
    public ImmutableArray<DataFlag> Flags { get; init; } = [];

    /// <summary>The pods of both sides in numbers, those that stand out marked; at most 50 a measure.</summary>
    public ImmutableArray<TargetFigures> Targets { get; init; } = [];

    /// <summary>Further remarks, for people.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Other releases under way, named where both sides got worse together.</summary>
    public ImmutableArray<string> OthersInFlight { get; init; } = [];
}
