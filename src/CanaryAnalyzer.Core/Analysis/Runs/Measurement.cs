using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>One measurement of one metric, as an AnalysisRun's status lists it.</summary>
public sealed record Measurement
{
    /// <summary>What came out of it; <see cref="AnalysisPhase.Running"/> while it goes on.</summary>
    public required AnalysisPhase Phase { get; init; }

    /// <summary>Why it has this phase, in a sentence; empty where there is nothing to say.</summary>
    public string Message { get; init; } = "";

    /// <summary>When it began: the instant at which it was due, unless it was a second late or more.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The value measured, as text; for a comparison the verdict as compact JSON.</summary>
    public string? Value { get; init; }

    /// <summary>What the provider wants to say or remember: the resolved query, warnings, a judge's state.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Everything the value rests on, as JSON, for the service's API; no part of the status.</summary>
    public string? Explanation { get; init; }

    /// <summary>
    /// When a running measurement wants to be looked at again; after an Error, before when its provider wants no other query; of one that was late, when the next one is
    /// due.
    /// </summary>
    public DateTimeOffset? ResumeAt { get; init; }
}
