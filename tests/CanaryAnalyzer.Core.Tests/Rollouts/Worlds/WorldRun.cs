using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Effects;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>An AnalysisRun.</summary>
internal sealed class WorldRun(Effect.CreateAnalysisRun made, DateTimeOffset createdAt)
{
    public Effect.CreateAnalysisRun Made { get; } = made;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public AnalysisPhase Phase { get; private set; } = AnalysisPhase.Running;

    public string Message { get; private set; } = "";

    public bool IsTerminated { get; private set; }

    public bool ProvesSuccess { get; set; } = true;

    public JudgedVerdict? Verdict { get; set; }

    /// <summary>When it wants to look next; null where that is not known.</summary>
    public DateTimeOffset? NextLookAt { get; set; }

    public DateTimeOffset? CompletedAt { get; private set; }

    public void End(AnalysisPhase phase, string message, DateTimeOffset now)
    {
        (Phase, Message) = (phase, message);
        CompletedAt = phase is AnalysisPhase.Running or AnalysisPhase.Pending ? null : now;
    }

    /// <summary>Tells it to end, which a run does at once: a comparison undecided, others successful.</summary>
    public void Terminate(DateTimeOffset now)
    {
        IsTerminated = true;
        if (CompletedAt is null) End(Made.Kind == AnalysisRunKind.Pause ? AnalysisPhase.Inconclusive : AnalysisPhase.Successful, "Run Terminated", now);
    }

    public AnalysisRunObservation Observe() => new()
    {
        Name = Made.Name,
        Kind = Made.Kind,
        PodHash = Made.PodHash,
        StepIndex = Made.StepIndex,
        CreatedAt = CreatedAt,
        CompletedAt = CompletedAt,
        Phase = Phase,
        Message = Message,
        IsTerminated = IsTerminated,
        ProvesSuccess = ProvesSuccess && Phase == AnalysisPhase.Successful && !IsTerminated,
        Fingerprint = Made.Fingerprint,
        Continues = Made.Continues,
        Verdict = Verdict,
        NextLookAt = CompletedAt is null ? NextLookAt : null,
    };
}
