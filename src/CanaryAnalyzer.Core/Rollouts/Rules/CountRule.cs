using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Counts the pods, and notices whether there are more of them than at the last pass, or a new version.</summary>
internal static class CountRule
{
    public static void Apply(DecisionDraft draft)
    {
        var before = draft.Seen.Status;
        var sets = draft.Seen.ReplicaSets;
        draft.Status = draft.Status with
        {
            Replicas = sets.Sum(s => s.Created),
            UpdatedReplicas = draft.Current?.Created ?? 0,
            ReadyReplicas = sets.Sum(s => s.Ready),
            AvailableReplicas = sets.Sum(s => s.Available),
            Selector = draft.Spec.SelectorText,
            ObservedGeneration = $"{draft.Seen.Identity.Generation}",
        };
        var now = draft.Status;
        draft.MadeProgress |= now.UpdatedReplicas > before.UpdatedReplicas || now.ReadyReplicas > before.ReadyReplicas
            || now.AvailableReplicas > before.AvailableReplicas || now.Replicas - now.UpdatedReplicas < before.Replicas - before.UpdatedReplicas
            || IsMadeSince(draft, before.Condition(ConditionTypes.Progressing));
    }

    // A ReplicaSet that was deleted and is made again has as many pods as before, if the status was not written in between.
    private static bool IsMadeSince(DecisionDraft draft, RolloutCondition? progressing) =>
        progressing is not null && draft.Current is { } current && current.CreatedAt > progressing.LastUpdateTime && current.CreatedAt <= draft.Stamp;
}
