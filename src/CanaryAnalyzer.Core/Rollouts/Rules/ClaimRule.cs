using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Adopts ReplicaSets that a Rollout before left behind, and gives up those whose labels somebody changed. Nothing else is decided before that is done.</summary>
internal static class ClaimRule
{
    /// <summary>The decision that claims and gives up; null where there is nothing of both.</summary>
    public static RolloutDecision? Decide(RolloutObservation seen, DateTimeOffset now)
    {
        if (seen.Orphans.IsEmpty && seen.Strays.IsEmpty) return null;
        var adopted = seen.Orphans.Select(name => (Effect: (Effect)new Effect.AdoptReplicaSet(name), Event: new RolloutEvent("ReplicaSetAdopted", $"Adopted ReplicaSet {name}, which had no owner")));
        var released = seen.Strays.Select(name => (Effect: (Effect)new Effect.ReleaseReplicaSet(name), Event: new RolloutEvent("ReplicaSetReleased", $"Released ReplicaSet {name}: its labels no longer match the selector")));
        var claims = adopted.Concat(released).ToList();
        return new RolloutDecision(seen.Status, [.. claims.Select(c => c.Effect)], [.. claims.Select(c => c.Event)], now);
    }
}
