using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Rules;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>Sizes the versions: stable first, then the wanted one, then the others. Traffic leaves a version before its pods do.</summary>
internal static class ScaleRule
{
    public static void Apply(DecisionDraft draft)
    {
        var allocation = draft.Allocate();
        var next = allocation.Next;
        if (draft.Stable is { } stable && stable != draft.Current) VersionSize.Bring(draft, stable, next.Stable, DeadlineChange.Keep);
        if (draft.Current is { } current) Current(draft, current, next.Canary);
        else if (draft.Effects.OfType<Effect.CreateReplicaSet>().FirstOrDefault() is { } made) Begin(draft, made, next.Canary);
        OldVersionRule.Apply(draft, allocation.Old);
    }

    // A version that is made has its pods from the start, where it would be given them in the next reconcile.
    private static void Begin(DecisionDraft draft, Effect.CreateReplicaSet made, int replicas)
    {
        if (replicas == 0) return;
        draft.Replace(made, made with { Replicas = replicas });
        draft.Tell("ScalingReplicaSet", $"Scaled up ReplicaSet {made.Name} (revision {made.Revision}) from 0 to {replicas}");
    }

    private static void Current(DecisionDraft draft, ReplicaSetObservation current, int replicas)
    {
        if (!draft.IsAborted || draft.Stable is null) VersionSize.Bring(draft, current, replicas, DeadlineChange.Keep);
        else if (current.Desired > replicas) TakeDown(draft, current);
    }

    private static void TakeDown(DecisionDraft draft, ReplicaSetObservation aborted)
    {
        if (draft.Spec.Strategy.AbortScaleDownDelay is not { } delay) return;
        if (aborted.ScaleDownDeadline is not { } deadline)
        {
            deadline = KubernetesTime.RoundUp(draft.Now + delay);
            VersionSize.Bring(draft, aborted, aborted.Desired, DeadlineChange.To(deadline));
            draft.LookAgain(deadline);
        }
        else if (deadline <= draft.Now) VersionSize.Bring(draft, aborted, 0, DeadlineChange.Keep);
        else draft.LookAgain(deadline);
    }
}
