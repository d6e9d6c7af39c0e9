using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>
/// Puts the whole state into one word and one sentence; the first that fits. The words are Argo Rollouts', which tools compare; what a release in progress waits for
/// follows them.
/// </summary>
internal static class PhaseRule
{
    public static void Apply(DecisionDraft draft)
    {
        var (phase, message) = Of(draft);
        draft.Status = draft.Status with { Phase = phase, Message = message };
    }

    private static (RolloutPhase Phase, string Message) Of(DecisionDraft draft)
    {
        var status = draft.Status;
        var progressing = status.Condition(ConditionTypes.Progressing);
        if (draft.IsAborted) return (RolloutPhase.Degraded, $"RolloutAborted: {progressing?.Message}");
        if (ProgressRule.IsExceeded(status)) return (RolloutPhase.Degraded, Exceeded(draft, $"ProgressDeadlineExceeded: {progressing!.Message}"));
        if (draft.Spec.Paused) return (RolloutPhase.Paused, "manually paused");
        if (!status.PauseConditions.IsEmpty) return (RolloutPhase.Paused, status.PauseConditions[0].Reason);
        if (status.UpdatedReplicas < draft.Spec.Replicas) return (RolloutPhase.Progressing, Waiting(draft, "more replicas need to be updated"));
        if (status.AvailableReplicas < status.UpdatedReplicas) return (RolloutPhase.Progressing, Waiting(draft, "updated replicas are still becoming available"));
        if (!status.IsFullyPromoted) return (RolloutPhase.Progressing, Waiting(draft, "waiting for all steps to complete"));
        return (RolloutPhase.Healthy, "");
    }

    // A cause that the deadline found itself is said already.
    private static string Exceeded(DecisionDraft draft, string text) => text.EndsWith('.') ? Waiting(draft, text[..^1]) : text;

    private static string Waiting(DecisionDraft draft, string text) => draft.Wait is { } wait ? $"{text}: waiting for {wait.Sentence}" : text;
}
