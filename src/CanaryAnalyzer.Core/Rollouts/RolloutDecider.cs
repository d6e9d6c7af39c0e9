using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Rules;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Rollouts.Strategies;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Rollouts;

/// <summary>
/// Decides what one Rollout needs next. Total, deterministic, synchronous: the same observation at the same instant gives the same decision, and once a
/// decision's effects are made and its status is written, deciding again asks for nothing more until the world or the time changes.
/// </summary>
public static class RolloutDecider
{
    private static readonly TimeSpan InvalidAgain = TimeSpan.FromSeconds(20);

    /// <summary>Decides.</summary>
    /// <param name="seen">All that is known.</param>
    /// <param name="now">The present instant.</param>
    public static RolloutDecision Decide(RolloutObservation seen, DateTimeOffset now)
    {
        if (seen.Identity.DeletedAt is { } deletedAt) return DeletionRule.Decide(seen, deletedAt, now);
        if (seen.Spec is not { } spec) return Invalid(seen, seen.Errors, now);
        var errors = seen.Errors.AddRange(ReferenceRule.Check(seen, spec));
        if (seen.Template is { } template) errors = errors.AddRange(StrategyCatalog.Of(spec.Strategy).CheckReferences(seen, spec.Strategy, template));
        if (!errors.IsEmpty && !MustAbort(seen)) return Invalid(seen, errors, now);
        if (errors.IsEmpty && seen.UnsetReplicas is { } replicas) return Sized(seen, replicas);
        if (!(MustAbort(seen) && seen.Status.AbortedAt is null) && ClaimRule.Decide(seen, now) is { } claims) return claims;
        if (RevisionRule.IsHashTaken(seen)) return new RolloutDecision(seen.Status with { CollisionCount = seen.Status.CollisionCount + 1 }, [], [], now);
        return AsFarAsFactsAllow(seen, spec, now);
    }

    // A step that is done without an effect leads to the next one in the same reconcile: both were decided on the same facts, at the same instant, and one status says
    // both. What the next step wants made waits for the status to be written, but for pods that are added: too many of them do no harm where the status is not written.
    private static RolloutDecision AsFarAsFactsAllow(RolloutObservation seen, RolloutSpec spec, DateTimeOffset now)
    {
        var draft = Apply(seen, spec, now);
        var decision = draft.Finish();
        for (var steps = spec.Strategy.StepCount; steps > 0 && draft.MayContinue; steps--)
        {
            draft = Apply(seen with { Status = decision.NextStatus }, spec, now);
            var next = draft.Finish();
            if (!next.Effects.All(e => AddsPods(seen, e))) break;
            decision = next with { Events = [.. decision.Events, .. next.Events] };
        }

        return decision;
    }

    private static bool AddsPods(RolloutObservation seen, Effect effect) =>
        effect is Effect.UpdateReplicaSet { Replicas: { } replicas, Revision: null, Deadline.IsChange: false } update && seen.ReplicaSets.Any(r => r.Name == update.Name && r.Desired < replicas);

    private static DecisionDraft Apply(RolloutObservation seen, RolloutSpec spec, DateTimeOffset now)
    {
        var strategy = StrategyCatalog.Of(spec.Strategy);
        var draft = new DecisionDraft(seen, spec, now, strategy.Allocate);
        foreach (var rule in strategy.Rules) rule.Apply(draft);
        return draft;
    }

    /// <summary>Whether the update at work goes back whatever else is wrong: a person asked for it, or a run that it follows failed. None begins.</summary>
    private static bool MustAbort(RolloutObservation seen)
    {
        if (seen.Template is null || seen.Status.StableHash.Length == 0 || seen.Status.IsFullyPromoted || seen.StepHash != seen.Status.CurrentStepHash) return false;
        if (!seen.ReplicaSets.Any(r => r.IsWanted && r.Hash == seen.Status.CurrentPodHash)) return false;
        string?[] followed = [seen.Status.StepRun?.Name, seen.Status.BackgroundRun?.Name];
        return seen.Status.Abort || WatchRule.MustAbort(seen) || seen.Runs.Any(r => r.Phase == AnalysisPhase.Failed && followed.Contains(r.Name));
    }

    // Alone: the write changes the spec, and all else is decided on what is stored then.
    private static RolloutDecision Sized(RolloutObservation seen, int replicas)
    {
        var message = $"Set spec.replicas to {replicas}: the Rollout had none, so nothing could scale it";
        return new RolloutDecision(seen.Status, [new Effect.SetReplicas(replicas)], [new RolloutEvent("ReplicasDefaulted", message, IsWarning: false)], null);
    }

    private static RolloutDecision Invalid(RolloutObservation seen, ImmutableArray<SpecError> errors, DateTimeOffset now)
    {
        var message = $"The Rollout \"{seen.Identity.Name}\" is invalid: {string.Join("; ", errors)}";
        var isNew = seen.Status.Condition(ConditionTypes.InvalidSpec)?.Message != message;
        var status = ConditionRule.With(seen.Status, ConditionTypes.InvalidSpec, "True", "InvalidSpec", message, KubernetesTime.RoundUp(now));
        status = status with
        {
            Conditions = status.Conditions.RemoveAll(c => c.Type == ConditionTypes.Waiting),
            Phase = RolloutPhase.Degraded,
            Message = $"InvalidSpec: {message}",
            ObservedGeneration = $"{seen.Identity.Generation}",
        };
        ImmutableArray<RolloutEvent> events = isNew ? [new RolloutEvent("InvalidSpec", message, IsWarning: true)] : [];
        return new RolloutDecision(status, [], events, now + InvalidAgain);
    }
}
