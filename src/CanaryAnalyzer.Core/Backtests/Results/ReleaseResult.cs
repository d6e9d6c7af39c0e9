using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Backtests.Results;

/// <summary>A past release, and what the judge would have said about it.</summary>
public sealed record ReleaseResult
{
    /// <summary>The new version's hash.</summary>
    public required string Version { get; init; }

    /// <summary>The version that it replaced, or was to replace.</summary>
    public required string Before { get; init; }

    /// <summary>When the new version's pods appeared.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How many seconds both had counts.</summary>
    public required double SecondsTogether { get; init; }

    /// <summary>Whether the new version outlived the one before.</summary>
    public required bool Stayed { get; init; }

    /// <summary>The largest share of the requests that the new version had while both ran, in 0 to 1.</summary>
    public required double LargestShare { get; init; }

    /// <summary>What the judge would have said; null where the versions were not together for a look.</summary>
    public JudgeVerdict? Verdict { get; init; }

    /// <summary>Seconds from the appearance to the verdict.</summary>
    public double? SecondsToVerdict { get; init; }

    /// <summary>The verdict's sentence; empty without a verdict.</summary>
    public string Sentence { get; init; } = "";
}
