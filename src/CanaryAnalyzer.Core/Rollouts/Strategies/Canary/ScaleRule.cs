using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>Sizes the versions: stable first, then the wanted one, then the others. Traffic leaves a version before its pods do.</summary>
internal static class ScaleRule
{
    public static void Apply(DecisionDraft draft)
    {
        if (draft.Stable is { } stable && stable != draft.Current) Bring(draft, stable, draft.Spec.Replicas, DeadlineChange.Keep);
        if (draft.Current is { } current) Current(draft, current);
        else if (draft.Effects.OfType<Effect.CreateReplicaSet>().FirstOrDefault() is { } made) Begin(draft, made);
        OldVersionRule.Apply(draft);
    }

    /// <summary>Brings a version to a size, if it is not there already.</summary>
    public static void Bring(DecisionDraft draft, ReplicaSetObservation version, int replicas, DeadlineChange deadline)
    {
        if (replicas > 0 && version.ScaleDownDeadline is not null && !deadline.IsChange) deadline = DeadlineChange.Clear;
        var isScaled = version.Desired != replicas;
        var isStaleNote = replicas > 0 && version.RolloutReplicas != draft.Spec.Replicas;
        var isStaleMinimum = (version == draft.Current || version == draft.Stable) && version.MinReadySeconds != draft.Spec.MinReadySeconds;
        if (!isScaled && !isStaleNote && !isStaleMinimum && !deadline.IsChange) return;
        draft.Do(new Effect.UpdateReplicaSet
        {
            Name = version.Name,
            Replicas = isScaled ? replicas : null,
            RolloutReplicas = isScaled || isStaleNote ? draft.Spec.Replicas : null,
            Deadline = deadline,
            MinReadySeconds = isStaleMinimum ? draft.Spec.MinReadySeconds : null,
        });
        if (!isScaled) return;
        var direction = replicas > version.Desired ? "up" : "down";
        var revision = version == draft.Current ? draft.Revision : version.Revision;
        draft.Tell("ScalingReplicaSet", $"Scaled {direction} ReplicaSet {version.Name} (revision {revision}) from {version.Desired} to {replicas}");
    }

    // A version that is made has its pods from the start, where it would be given them in the next reconcile.
    private static void Begin(DecisionDraft draft, Effect.CreateReplicaSet made)
    {
        var replicas = draft.Spec.Paused || (draft.IsAborted && draft.Stable is not null) ? 0 : ReplicaTargets.Canary(draft);
        if (replicas == 0) return;
        draft.Replace(made, made with { Replicas = replicas });
        draft.Tell("ScalingReplicaSet", $"Scaled up ReplicaSet {made.Name} (revision {made.Revision}) from 0 to {replicas}");
    }

    private static void Current(DecisionDraft draft, ReplicaSetObservation current)
    {
        if (draft.IsAborted && draft.Stable is not null)
        {
            Aborted(draft, current, draft.Stable);
            return;
        }

        var target = ReplicaTargets.Canary(draft);
        var weight = ReplicaTargets.WeightAt(draft.Canary, draft.StepAtWork);
        var isWeightGone = draft.Status.Weights is { Verified: true } weights && weights.Canary <= weight && !IsBehindStableService(draft, current);
        var mayShrink = current == draft.Stable || draft.Stable is null || isWeightGone;
        if (target < current.Desired && !mayShrink) target = current.Desired;
        if (draft.Spec.Paused && current != draft.Stable && target != current.Desired) target = current.Desired;
        Bring(draft, current, target, DeadlineChange.Keep);
    }

    private static void Aborted(DecisionDraft draft, ReplicaSetObservation current, ReplicaSetObservation stable)
    {
        if (current.Desired == 0) return;
        var isNeeded = !IsWithoutTraffic(draft, current) || IsBehindStableService(draft, current) || stable.Available < draft.Spec.Replicas;
        if (isNeeded || draft.Canary.AbortScaleDownDelay is not { } delay) return;
        if (current.ScaleDownDeadline is not { } deadline)
        {
            deadline = KubernetesTime.RoundUp(draft.Now + delay);
            Bring(draft, current, current.Desired, DeadlineChange.To(deadline));
            draft.LookAgain(deadline);
        }
        else if (deadline <= draft.Now) Bring(draft, current, 0, DeadlineChange.Keep);
        else draft.LookAgain(deadline);
    }

    private static bool IsWithoutTraffic(DecisionDraft draft, ReplicaSetObservation canary)
    {
        if (TrafficRule.IsCanaryWithoutTraffic(draft)) return true;
        var isWithdrawn = draft.Seen.CanaryService?.SelectedHash != canary.Hash && draft.Seen.Routes.All(r => r.Carries(0));
        return isWithdrawn && TrafficRule.IsGatewayGivenUp(draft);
    }

    // Somebody may have pointed the stable Service elsewhere; it is not put back while the stable version has no pods.
    private static bool IsBehindStableService(DecisionDraft draft, ReplicaSetObservation version) =>
        draft.Seen.StableService?.SelectedHash == version.Hash && draft.Spec.Replicas > 0;
}
