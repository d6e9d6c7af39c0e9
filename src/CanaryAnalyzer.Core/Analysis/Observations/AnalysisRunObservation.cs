using CanaryAnalyzer.Core.Analysis.Runs;

namespace CanaryAnalyzer.Core.Analysis.Observations;

/// <summary>One AnalysisRun of a Rollout.</summary>
public sealed record AnalysisRunObservation
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it was made for.</summary>
    public required AnalysisRunKind Kind { get; init; }

    /// <summary>The pod hash of the version that it judges.</summary>
    public string PodHash { get; init; } = "";

    /// <summary>The step that it was made at; null for background runs.</summary>
    public int? StepIndex { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Its phase.</summary>
    public AnalysisPhase Phase { get; init; }

    /// <summary>Its message.</summary>
    public string Message { get; init; } = "";

    /// <summary>Whether it was told to end.</summary>
    public bool IsTerminated { get; init; }

    /// <summary>Whether it is Successful by measurements: every metric that counts has a successful one.</summary>
    public bool ProvesSuccess { get; init; }

    /// <summary>What the policy and its templates were when it began; empty for other kinds.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The run from which it goes on with the release's evidence; empty where it begins anew, and for other kinds.</summary>
    public string Continues { get; init; } = "";

    /// <summary>The latest verdicts of its comparisons.</summary>
    public JudgedVerdict? Verdict { get; init; }

    /// <summary>When one of its measurements wants to be looked at next; null while none runs.</summary>
    public DateTimeOffset? NextLookAt { get; init; }

    /// <summary>Whether it ended.</summary>
    public bool IsCompleted => Phase is AnalysisPhase.Successful or AnalysisPhase.Failed or AnalysisPhase.Error or AnalysisPhase.Inconclusive;
}
