using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Rollouts.Specs;

/// <summary>What a Rollout asks for: parsed, defaulted and valid in itself. Whether the objects that it names exist is not known here.</summary>
public sealed record RolloutSpec
{
    /// <summary>How many pods the service needs; zero or more. Default 1.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>Whether a person holds the whole Rollout; promotion waits, an abort does not.</summary>
    public bool Paused { get; init; }

    /// <summary>Seconds that a pod must be ready before it counts as available.</summary>
    public int MinReadySeconds { get; init; }

    /// <summary>How long no progress may be made before the Rollout counts as stuck. Default 600 s.</summary>
    public TimeSpan ProgressDeadline { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>Whether a stuck update is aborted, instead of shown as degraded alone.</summary>
    public bool ProgressDeadlineAbort { get; init; }

    /// <summary>How many old, scaled-down ReplicaSets are kept. Default 10.</summary>
    public int RevisionHistoryLimit { get; init; } = 10;

    /// <summary>The labels by which pods are selected; never empty.</summary>
    public required ImmutableSortedDictionary<string, string> MatchLabels { get; init; }

    /// <summary>The selector in kubectl's notation, for the scale subresource.</summary>
    public required string SelectorText { get; init; }

    /// <summary>Where the pod template comes from when it is not inline.</summary>
    public WorkloadReference? Workload { get; init; }

    /// <summary>How a new version takes over.</summary>
    public required Strategy Strategy { get; init; }

    /// <summary>How many successful AnalysisRuns are kept. Default 5.</summary>
    public int SuccessfulRunHistoryLimit { get; init; } = 5;

    /// <summary>How many AnalysisRuns with any other end are kept. Default 5.</summary>
    public int UnsuccessfulRunHistoryLimit { get; init; } = 5;
}
