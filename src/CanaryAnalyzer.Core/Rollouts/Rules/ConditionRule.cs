using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>All conditions but Progressing.</summary>
internal static class ConditionRule
{
    /// <summary>Whether the wanted version is the stable one and has all its pods.</summary>
    public static bool IsComplete(DecisionDraft draft) =>
        draft.Status.IsFullyPromoted && draft.Status.UpdatedReplicas == draft.Spec.Replicas
        && draft.Current is { } current && current.Available >= draft.Spec.Replicas && current.Desired == draft.Spec.Replicas;

    public static void Apply(DecisionDraft draft)
    {
        Drop(draft, ConditionTypes.InvalidSpec);
        var minimum = draft.Spec.Replicas - draft.Spec.Strategy.MaxUnavailable.Floor(draft.Spec.Replicas);
        var isAvailable = draft.Status.AvailableReplicas >= minimum;
        Set(draft, ConditionTypes.Available, isAvailable, "AvailableReason",
            isAvailable ? "Rollout has minimum availability" : "Rollout does not have minimum availability");
        var isPaused = draft.Spec.Paused || !draft.Status.PauseConditions.IsEmpty;
        Set(draft, ConditionTypes.Paused, isPaused, "RolloutPaused", isPaused ? "Rollout is paused" : "Rollout is not paused");
        var isDone = draft.Status.IsFullyPromoted;
        Set(draft, ConditionTypes.Completed, isDone, "RolloutCompleted", isDone ? "Rollout completed" : "Rollout not completed");
        var isHealthy = IsComplete(draft) && draft.Status.AvailableReplicas >= draft.Spec.Replicas && draft.Status.Replicas == draft.Spec.Replicas;
        Set(draft, ConditionTypes.Healthy, isHealthy, "RolloutHealthy", isHealthy ? "Rollout is healthy" : "Rollout is not healthy");
        var failure = draft.Seen.ReplicaSets.FirstOrDefault(r => r.Failure.Length > 0);
        SetOrDrop(draft, ConditionTypes.ReplicaFailure, failure is null ? null : ("ReplicaSetCreateError", failure.Failure));
        Policies(draft);
        SetOrDrop(draft, ConditionTypes.UnknownField, Told(draft, ConditionTypes.UnknownField, draft.Seen.UnknownFields));
        Routes(draft);
    }

    /// <summary>A status with one condition set; its times change only where it does, or where it is renewed.</summary>
    public static RolloutStatus With(
        RolloutStatus status, string type, string value, string reason, string message, DateTimeOffset now, bool isRenewed = false)
    {
        var before = status.Condition(type);
        var isSame = before is not null && before.Status == value && before.Reason == reason && before.Message == message;
        if (isSame && !isRenewed) return status;
        var transition = before is not null && before.Status == value ? before.LastTransitionTime : now;
        var next = new RolloutCondition(type, value, reason, message, now, transition);
        return status with { Conditions = before is null ? status.Conditions.Add(next) : status.Conditions.Replace(before, next) };
    }

    // A gateway takes a moment for each weight: only one that refuses, or that still lags behind after a while, is worth an event.
    private static void Routes(DecisionDraft draft)
    {
        const string Type = ConditionTypes.WeightVerifyError;
        var routes = draft.Seen.Routes;
        var refused = string.Join("; ", routes.Where(r => r.Complaint.Length > 0).Select(r => $"{r.Reference.Kind} {r.Reference.Name}: {r.Complaint}"));
        var pending = string.Join("; ", routes.Where(r => r.Pending.Length > 0).Select(r => $"{r.Reference.Kind} {r.Reference.Name}: {r.Pending}"));
        var message = refused.Length > 0 && pending.Length > 0 ? $"{refused}; {pending}" : refused + pending;
        if (message.Length == 0)
        {
            Drop(draft, Type);
            return;
        }

        var isKnown = draft.Seen.Status.Condition(Type) is { } before && before.Message.Contains(refused, StringComparison.Ordinal);
        var hasLasted = LastingCondition.Set(draft, Type, Type, message);
        if (refused.Length > 0 && !isKnown) draft.Warn(Type, refused);
        else if (hasLasted && refused.Length == 0) draft.Warn(Type, message);
    }

    private static void Policies(DecisionDraft draft)
    {
        var problem = draft.PolicyProblem;
        foreach (var type in (string[])[ConditionTypes.PolicyConflict, ConditionTypes.PolicyInvalid])
            SetOrDrop(draft, type, problem?.Reason == type ? (type, problem.Message) : null);
        var gate = draft.Status.Gate;
        var isWaiting = gate is { WaitingReason.Length: > 0, Observes: false };
        SetOrDrop(draft, ConditionTypes.WaitingForHuman, gate?.WaitingSince is { } since && isWaiting ? ("JudgedPause", $"Waits for a person since {KubernetesTime.Format(since)}: {gate.WaitingReason}") : null);
    }

    /// <summary>A condition whose message lists what is wrong, with a warning whenever the list changes.</summary>
    private static (string Reason, string Message)? Told(DecisionDraft draft, string type, IEnumerable<string> sentences)
    {
        var message = string.Join("; ", sentences);
        if (message.Length == 0) return null;
        if (draft.Seen.Status.Condition(type)?.Message != message) draft.Warn(type, message);
        return (type, message);
    }

    private static void Set(DecisionDraft draft, string type, bool value, string reason, string message) =>
        draft.Status = With(draft.Status, type, value ? "True" : "False", reason, message, draft.Stamp);

    private static void SetOrDrop(DecisionDraft draft, string type, (string Reason, string Message)? condition)
    {
        if (condition is { } wanted) draft.Status = With(draft.Status, type, "True", wanted.Reason, wanted.Message, draft.Stamp);
        else Drop(draft, type);
    }

    /// <summary>Takes a condition out of the status.</summary>
    public static void Drop(DecisionDraft draft, string type) =>
        draft.Status = draft.Status with { Conditions = draft.Status.Conditions.RemoveAll(c => c.Type == type) };
}
