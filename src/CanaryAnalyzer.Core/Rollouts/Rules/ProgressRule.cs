using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>The condition Progressing, whose last update is the clock of the progress deadline.</summary>
internal static class ProgressRule
{
    private const string Exceeded = "ProgressDeadlineExceeded";

    /// <summary>Whether the deadline passed without progress.</summary>
    public static bool IsExceeded(RolloutStatus status) => status.Condition(ConditionTypes.Progressing)?.Reason == Exceeded;

    /// <summary>Aborts an update that is stuck, where the spec asks for it.</summary>
    public static void AbortWhenStuck(DecisionDraft draft)
    {
        if (!draft.Spec.ProgressDeadlineAbort || draft.IsAborted || draft.Status.IsFullyPromoted || draft.Stable is null) return;
        if ((!draft.MadeProgress && IsOverdue(draft)) || CanaryHealthRule.IsOverdue(draft)) AbortRule.Abort(draft, TimedOut(draft), "progressDeadline");
    }

    public static void Apply(DecisionDraft draft)
    {
        var before = draft.Seen.Status.Condition(ConditionTypes.Progressing);
        var (status, reason, message) = Next(draft, before);
        draft.Status = ConditionRule.With(draft.Status, ConditionTypes.Progressing, status, reason, message, draft.Stamp, isRenewed: draft.MadeProgress && status == "True");
        if (!IsClockRunning(draft, draft.Status.Condition(ConditionTypes.Progressing)!)) return;
        var deadline = draft.Status.Condition(ConditionTypes.Progressing)!.LastUpdateTime + draft.Spec.ProgressDeadline;
        if (deadline > draft.Now) draft.LookAgain(deadline);
    }

    private static (string Status, string Reason, string Message) Next(DecisionDraft draft, RolloutCondition? before)
    {
        var name = draft.Current?.Name ?? $"{draft.Seen.Identity.Name}-{draft.Status.CurrentPodHash}";
        if (draft.IsAborted)
        {
            var isKnown = AbortRule.IsAbort(before) && draft.AbortDetail.Length == 0;
            return ("False", "RolloutAborted", isKnown ? before!.Message : AbortRule.AbortMessage(draft.Revision, draft.AbortDetail));
        }

        if (draft.IsRetry) return ("True", "RolloutRetry", "Retrying Rollout after abort");
        if (CanaryHealthRule.IsOverdue(draft)) return ("False", Exceeded, before?.Reason == Exceeded ? before.Message : TimedOut(draft));
        if (!draft.Status.PauseConditions.IsEmpty || (draft.Spec.Paused && !draft.Status.IsFullyPromoted)) return ("Unknown", "RolloutPaused", "Rollout is paused");
        if (ConditionRule.IsComplete(draft)) return ("True", "NewReplicaSetAvailable", $"ReplicaSet \"{name}\" has successfully progressed.");
        if (draft.Current is null) return ("True", "NewReplicaSetCreated", $"Created new replica set \"{name}\"");
        if (draft.IsNewVersion) return ("True", "FoundNewReplicaSet", $"Found new replica set \"{name}\"");
        if (draft.MadeProgress) return ("True", "ReplicaSetUpdated", $"ReplicaSet \"{name}\" is progressing.");
        if (before is null) return ("True", "ReplicaSetUpdated", $"ReplicaSet \"{name}\" is progressing.");
        return before.Reason switch
        {
            "RolloutPaused" => ("True", "RolloutResumed", "Rollout is resumed"),
            "NewReplicaSetAvailable" => ("True", "ReplicaSetNotAvailable", $"ReplicaSet \"{name}\" is not available"),
            "RolloutAborted" => ("True", "ReplicaSetUpdated", $"ReplicaSet \"{name}\" is progressing."),
            _ when IsOverdue(draft) => ("False", Exceeded, TimedOut(draft)),
            _ => (before.Status, before.Reason, before.Message),
        };
    }

    private static string TimedOut(DecisionDraft draft)
    {
        var cause = CanaryHealthRule.Cause(draft);
        return $"ReplicaSet \"{draft.Current?.Name}\" has timed out progressing{(cause.Length > 0 ? $": {cause}" : ".")}";
    }

    private static bool IsOverdue(DecisionDraft draft)
    {
        var before = draft.Seen.Status.Condition(ConditionTypes.Progressing);
        if (before?.Reason == Exceeded) return true;
        return before is not null && IsClockRunning(draft, before) && before.LastUpdateTime + draft.Spec.ProgressDeadline <= draft.Now;
    }

    private static bool IsClockRunning(DecisionDraft draft, RolloutCondition condition)
    {
        if (condition.Reason is "RolloutAborted" or "RolloutPaused" or "NewReplicaSetAvailable" or Exceeded) return false;
        return draft.Spec.Strategy.ExpectsProgressAt(draft.Status.CurrentStepIndex) || draft.Stable is null;
    }
}
