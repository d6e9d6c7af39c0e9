using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>What follows from a look at an AnalysisRun.</summary>
public sealed record RunDecision
{
    /// <summary>The status that the run should have; the same instance as it has where nothing is new.</summary>
    public required RunStatus NextStatus { get; init; }

    /// <summary>What to ask the providers, and when; at most one question a metric, and none that is not listed here.</summary>
    public ImmutableArray<DueMeasurement> Due { get; init; } = [];

    /// <summary>When to look again although no provider answered; null: only when something changes.</summary>
    public DateTimeOffset? LookAgainAt { get; init; }

    /// <summary>Events to record once the status is written.</summary>
    public ImmutableArray<RunEvent> Events { get; init; } = [];

    /// <summary>Whether the run has ended long enough ago to be deleted.</summary>
    public bool Delete { get; init; }
}
