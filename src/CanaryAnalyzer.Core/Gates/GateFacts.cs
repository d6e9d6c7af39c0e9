using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Policies;

namespace CanaryAnalyzer.Core.Gates;

/// <summary>
/// All that a gate may know: a pause of an update, the policies that select it, and its AnalysisRuns. An engine's adapter reads it from the engine's own
/// resource.
/// </summary>
public sealed record GateFacts
{
    /// <summary>The pause.</summary>
    public required PauseFacts Pause { get; init; }

    /// <summary>The pod hash of the version that is judged.</summary>
    public required string Version { get; init; }

    /// <summary>The policies that select the update, by name.</summary>
    public ImmutableArray<PolicyObservation> Policies { get; init; } = [];

    /// <summary>What holds promotions.</summary>
    public HoldFacts Holds { get; init; } = new(IsPaused: false, IsHalted: false, IsNamespaceHeld: false);

    /// <summary>The update's AnalysisRuns; those of other pauses and versions are passed over.</summary>
    public ImmutableArray<AnalysisRunObservation> Runs { get; init; } = [];

    /// <summary>The run that judges this pause by the last decision; null where there was none, or it is gone.</summary>
    public string? Followed { get; init; }

    /// <summary>The run that the stored status names, whether it is there or not; null where it names none.</summary>
    public string? FollowedBefore { get; init; }

    /// <summary>The gate by the last decision; null where there was none.</summary>
    public GateStatus? Status { get; init; }

    /// <summary>When the reason for which the gate waits was last written; null where it does not wait.</summary>
    public DateTimeOffset? ReasonShownAt { get; init; }
}
