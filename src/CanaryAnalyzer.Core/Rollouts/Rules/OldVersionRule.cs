using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Takes down versions that are neither wanted nor stable, once no traffic can reach them.</summary>
internal static class OldVersionRule
{
    public static void Apply(DecisionDraft draft)
    {
        var waiting = draft.Others.Where(o => o.Desired > 0 && o.ScaleDownDeadline > draft.Now).OrderByDescending(o => o.Revision).ToList();
        foreach (var other in draft.Others.Where(o => o.Desired > 0))
        {
            if (IsReachable(draft, other)) continue;
            if (draft.Stable is null && !ReplicaTargets.IsFullyAvailable(draft)) continue;
            if (draft.Status.IsFullyPromoted || other.ScaleDownDeadline is not null) Delay(draft, other, waiting);
            else ScaleRule.Bring(draft, other, 0, DeadlineChange.Keep);
        }
    }

    private static bool IsReachable(DecisionDraft draft, ReplicaSetObservation other)
    {
        if (draft.Seen.StableService?.SelectedHash == other.Hash && draft.Spec.Replicas > 0) return true;
        return draft.Seen.CanaryService?.SelectedHash == other.Hash && !TrafficRule.IsCanaryWithoutTraffic(draft)
            || draft.Status.IsFullyPromoted && draft.Status.Weights is { Verified: false };
    }

    private static void Delay(DecisionDraft draft, ReplicaSetObservation other, List<ReplicaSetObservation> waiting)
    {
        var isOverLimit = draft.Canary.ScaleDownDelayRevisionLimit is { } limit
            && (waiting.IndexOf(other) is var place && place >= 0 ? place >= limit : waiting.Count >= limit);
        if (draft.Canary.ScaleDownDelay == TimeSpan.Zero || isOverLimit || other.ScaleDownDeadline <= draft.Now)
        {
            ScaleRule.Bring(draft, other, 0, other.ScaleDownDeadline is null ? DeadlineChange.Keep : DeadlineChange.Clear);
            return;
        }

        if (other.ScaleDownDeadline is { } deadline)
        {
            draft.LookAgain(deadline);
            return;
        }

        deadline = WholeSeconds.Up(draft.Now + draft.Canary.ScaleDownDelay);
        waiting.Add(other);
        ScaleRule.Bring(draft, other, other.Desired, DeadlineChange.To(deadline));
        draft.LookAgain(deadline);
    }
}
