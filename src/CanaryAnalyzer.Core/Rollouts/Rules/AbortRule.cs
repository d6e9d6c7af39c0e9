using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Begins an abort, asked for by a person or by evidence, and notices when a person takes it back.</summary>
internal static class AbortRule
{
    /// <summary>Takes over a person's abort or retry.</summary>
    public static void Apply(DecisionDraft draft)
    {
        var status = draft.Status;
        if (status.Abort && status.AbortedAt is null && !status.IsFullyPromoted) Abort(draft, "", "person");
        if (status.Abort || status.AbortedAt is null) return;
        draft.IsRetry = true;
        draft.MadeProgress = true;
        draft.Status = status with { AbortedAt = null };
        draft.Tell("RolloutRetry", $"Retrying update to revision {draft.Revision}");
    }

    /// <summary>Aborts the update now.</summary>
    /// <param name="draft">The decision so far.</param>
    /// <param name="detail">Why, for people; empty where a person asked for it.</param>
    /// <param name="by">Who, as a release's record names it.</param>
    public static void Abort(DecisionDraft draft, string detail, string by)
    {
        draft.AbortDetail = detail;
        draft.AbortedBy = by;
        draft.Status = draft.Status.LeaveSteps() with
        {
            Abort = true,
            AbortedAt = draft.Stamp,
            CurrentStepIndex = draft.Spec.Strategy.StepCount == 0 ? null : 0,
            PromoteFull = false,
        };
        draft.Warn("RolloutAborted", AbortMessage(draft.Revision, detail));
    }

    /// <summary>The message of an aborted update, as its condition carries it from pass to pass.</summary>
    public static string AbortMessage(int revision, string detail) =>
        $"Rollout aborted update to revision {revision}" + (detail.Length > 0 ? $": {detail}" : "");

    /// <summary>Whether a condition tells of an abort.</summary>
    public static bool IsAbort(RolloutCondition? condition) => condition?.Reason == "RolloutAborted";
}
