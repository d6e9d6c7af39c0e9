using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Observations;

namespace CanaryAnalyzer.Core.Gates;

/// <summary>What a gate decides. Runs of the pause that it neither names nor begins are to be ended.</summary>
public sealed record GateAnswer
{
    /// <summary>What becomes of the pause.</summary>
    public required GateOutcome Outcome { get; init; }

    /// <summary>The policy that judges; empty where none can.</summary>
    public string Policy { get; init; } = "";

    /// <summary>The run that judged until now; null where none did.</summary>
    public AnalysisRunObservation? Run { get; init; }

    /// <summary>The run that judges in its place from now on; null where none begins.</summary>
    public RunRequest? Begin { get; init; }

    /// <summary>
    /// Whether the outcome rests on a run that still measures. It must not be ended before the outcome is written: otherwise its end would be taken for its
    /// result.
    /// </summary>
    public bool EndsRunLater { get; init; }

    /// <summary>For a promotion the name of an earlier run, a success that was on hold, on which it rests; empty where it rests on the present one.</summary>
    public string PromotedBy { get; init; } = "";

    /// <summary>For an abort why, for people.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The gate as it is now; null where there is nothing to say.</summary>
    public GateStatus? Status { get; init; }

    /// <summary>Why no policy can act; null where one can, or there is none.</summary>
    public GateProblem? Problem { get; init; }

    /// <summary>Since when a promotion that is held is known to be safe; null where none is.</summary>
    public DateTimeOffset? SafeSince { get; init; }

    /// <summary>The pause's new beginning, where the time so far counts no longer; null where it stays.</summary>
    public DateTimeOffset? PauseBegunAt { get; init; }

    /// <summary>The events to emit.</summary>
    public ImmutableArray<GateEvent> Events { get; init; } = [];

    /// <summary>When time alone may change the answer; null where it cannot.</summary>
    public DateTimeOffset? RequeueAt { get; init; }
}
