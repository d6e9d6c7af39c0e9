using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>The size of a version.</summary>
internal static class VersionSize
{
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
}
