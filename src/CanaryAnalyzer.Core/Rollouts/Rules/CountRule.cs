using CanaryAnalyzer.Core.Rollouts.Decisions;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Counts the pods, and notices whether there are more of them than at the last pass.</summary>
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
            || now.AvailableReplicas > before.AvailableReplicas || now.Replicas - now.UpdatedReplicas < before.Replicas - before.UpdatedReplicas;
    }
}
