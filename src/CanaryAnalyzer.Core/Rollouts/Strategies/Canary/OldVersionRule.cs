using System.Collections.Immutable;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Rules;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>Takes down versions that are neither wanted nor stable, once no traffic can reach them.</summary>
internal static class OldVersionRule
{
    /// <summary>Brings the other versions down.</summary>
    /// <param name="draft">The decision so far.</param>
    /// <param name="sizes">The pods that each of them should have, in their order.</param>
    public static void Apply(DecisionDraft draft, ImmutableArray<int> sizes)
    {
        var delayed = 0;
        var surplus = draft.Others.Zip(sizes, (version, size) => (Version: version, Size: size)).Where(o => o.Version.Desired > o.Size);
        foreach (var (other, size) in surplus.Where(o => !IsReachable(draft, o.Version)).OrderByDescending(o => o.Version.Revision))
        {
            // A version without an available pod had no traffic that could still be on its way.
            var isServing = draft.Status.IsFullyPromoted || other.Available > 0 || other.ScaleDownDeadline is not null;
            var isDelayed = isServing && draft.Canary.ScaleDownDelay > TimeSpan.Zero;
            if (isDelayed && delayed < (draft.Canary.ScaleDownDelayRevisionLimit ?? int.MaxValue) && Delay(draft, other)) delayed++;
            else VersionSize.Bring(draft, other, size, other.ScaleDownDeadline is null ? DeadlineChange.Keep : DeadlineChange.Clear);
        }
    }

    private static bool IsReachable(DecisionDraft draft, ReplicaSetObservation other)
    {
        if (draft.Seen.StableService?.SelectedHash == other.Hash && draft.Spec.Replicas > 0) return true;
        return draft.Seen.CanaryService?.SelectedHash == other.Hash && !TrafficRule.IsCanaryWithoutTraffic(draft)
            || draft.Status.IsFullyPromoted && draft.Status.Weights is { Verified: false } && !TrafficRule.IsGatewayGivenUp(draft);
    }

    /// <returns>Whether the version stays up for now.</returns>
    private static bool Delay(DecisionDraft draft, ReplicaSetObservation other)
    {
        if (other.ScaleDownDeadline <= draft.Now) return false;
        if (other.ScaleDownDeadline is not { } deadline)
        {
            deadline = KubernetesTime.RoundUp(draft.Now + draft.Canary.ScaleDownDelay);
            VersionSize.Bring(draft, other, other.Desired, DeadlineChange.To(deadline));
        }

        draft.LookAgain(deadline);
        return true;
    }
}
