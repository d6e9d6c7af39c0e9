using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Applying;
using CanaryAnalyzer.Kubernetes.Events;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Service.Loop;
using CanaryAnalyzer.Service.Observability;
using Prometheus;

namespace CanaryAnalyzer.Service.Reconciling.Rollouts;

/// <summary>One pass over one Rollout.</summary>
internal sealed class RolloutReconciler(
    RolloutObserver observer,
    RolloutApplier applier,
    ClaimRefusals refusals,
    OwnWrites writes,
    PendingStatuses pending,
    IOwnership ownership,
    IEventRecorder events,
    ControllerMetrics metrics,
    TimeProvider time,
    DecisionClock clock,
    ILogger<RolloutReconciler> logger) : IReconciler
{
    private static readonly TimeSpan ForeignWait = TimeSpan.FromSeconds(5);

    public string Kind => "Rollout";

    public async Task<PassOutcome> ReconcileAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (writes.Unseen(key) is { Count: > 0 } unseen) return new PassOutcome.Behind(unseen);
        using var timer = metrics.RolloutReconcile.WithLabels(key.Namespace ?? "", key.Name).NewTimer();
        try
        {
            return await PassAsync(key, cancellationToken);
        }
        catch (ResourceException exception) when (!exception.IsConflict)
        {
            metrics.RolloutReconcileErrors.WithLabels(key.Namespace ?? "", key.Name).Inc();
            await TellFailureAsync(key, exception, cancellationToken);
            throw;
        }
    }

    /// <summary>Tells what goes with the statuses that still wait: whoever works next finds their effects made, and has nothing to tell of them.</summary>
    public void TellLeft()
    {
        foreach (var left in pending.TakeLeft()) Tell(left.Key, left.About, left.Facts);
    }

    private async Task<PassOutcome> PassAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (await observer.ObserveAsync(key, cancellationToken) is not { } observed)
        {
            foreach (var left in pending.TakeLeft(key)) Tell(left.Key, left.About, left.Facts);
            metrics.ForgetRollout(key.Namespace ?? "", key.Name);
            return new PassOutcome.Settled();
        }

        if (!ownership.IsOurs(observed.Target.Resource))
        {
            // It was ours, and nobody else takes our finalizer away.
            if (observed.Facts.Identity.HasFinalizer) await HandOverAsync(key, observed, cancellationToken);
            return new PassOutcome.Settled();
        }

        if (ownership.ForeignHolder() is { } holder)
        {
            if (holder.IsKnown && observed.Facts.Identity.HasFinalizer) await HandOverAsync(key, observed, cancellationToken);
            return new PassOutcome.LookAgain(time.GetUtcNow() + ForeignWait);
        }

        var now = clock.Now;
        var decision = RolloutDecider.Decide(observed.Facts with { ObservedAt = DecisionClock.Real(now) }, now);
        if (decision.Effects.Length > 0)
            Log.Effects(logger, key, decision.Effects.Length, string.Join(", ", decision.Effects.Select(e => e.GetType().Name)));
        var written = WriteTrackingClient.BeginPass();
        StatusOutcome outcome;
        try
        {
            // What is said of a deletion is what it goes by.
            var mayWait = observed.Facts.Identity.DeletedAt is null && pending.MayWait(key, observed.Target.Uid, decision);
            outcome = await applier.ApplyAsync(decision, observed.Target, mayWait, cancellationToken);
        }
        finally
        {
            writes.Keep(key, written);
        }

        decision = WithoutRefused(decision, observed.Target.Uid);
        foreach (var ended in decision.Effects.OfType<Effect.RecordRelease>()) Log.ReleaseEnded(logger, key, ended.Record);
        var again = decision.LookAgainAt is { } at ? DecisionClock.Real(at) : (DateTimeOffset?)null;
        if (outcome == StatusOutcome.Waiting)
        {
            var end = pending.Keep(key, observed.Target.Resource, decision.Events);
            return new PassOutcome.LookAgain(again < end ? again.Value : end);
        }

        var earlier = pending.Take(key, observed.Target.Uid);
        if (outcome == StatusOutcome.Written) LogChange(key, observed, decision);
        if (outcome == StatusOutcome.Written || !decision.Effects.IsEmpty || earlier.Count > 0) Tell(key, observed.Target.Resource, [.. earlier, .. decision.Events.Except(earlier)]);
        return again is { } instant ? new PassOutcome.LookAgain(instant) : new PassOutcome.Settled();
    }

    // What may not be claimed has an event of its own instead of the claim's; a decision that claims has an event for each effect.
    private RolloutDecision WithoutRefused(RolloutDecision decision, string uid)
    {
        if (!decision.Effects.All(e => e is Effect.AdoptReplicaSet or Effect.ReleaseReplicaSet)) return decision;
        var told = refusals.Tell(uid).Select(r => new RolloutEvent("ReplicaSetNotClaimed", $"ReplicaSet {r.Key} cannot be claimed and is left as it is; the release continues: {r.Value}", IsWarning: true));
        return decision with { Events = [.. decision.Events.Where((_, i) => !IsRefused(i)), .. told] };

        bool IsRefused(int i) => i < decision.Effects.Length && refusals.IsRefused(uid, decision.Effects[i] switch
        {
            Effect.AdoptReplicaSet adopt => adopt.Name,
            Effect.ReleaseReplicaSet release => release.Name,
            _ => "",
        });
    }

    private async Task HandOverAsync(ResourceKey key, ObservedRollout observed, CancellationToken cancellationToken)
    {
        var written = WriteTrackingClient.BeginPass();
        try
        {
            await applier.HandOverAsync(observed.Target, cancellationToken);
        }
        finally
        {
            writes.Keep(key, written);
        }
    }

    private void LogChange(ResourceKey key, ObservedRollout observed, RolloutDecision decision)
    {
        var (before, next) = (observed.Facts.Status, decision.NextStatus);
        var isSame = before.Phase == next.Phase && before.Message == next.Message && before.CurrentStepIndex == next.CurrentStepIndex
            && before.Weights?.Canary == next.Weights?.Canary;
        if (!isSame) Log.StateChanged(logger, key, next.Phase, next.CurrentStepIndex, next.Weights?.Canary, next.Message);
    }

    private void Tell(ResourceKey key, JsonObject about, IReadOnlyList<RolloutEvent> facts)
    {
        foreach (var told in facts)
        {
            var type = TypeOf(told);
            metrics.RolloutEvents.WithLabels(key.Namespace ?? "", key.Name, type.ToString(), told.Reason).Inc();
            if (told.IsWarning) Log.Warned(logger, key, told.Reason, told.Message);
            else Log.Told(logger, key, told.Reason, told.Message);
        }

        foreach (var told in EventSummary.Of(facts)) events.Record(about, TypeOf(told), told.Reason, told.Message);
    }

    private static EventType TypeOf(RolloutEvent told) => told.IsWarning ? EventType.Warning : EventType.Normal;

    private async Task TellFailureAsync(ResourceKey key, ResourceException exception, CancellationToken cancellationToken)
    {
        if (await observer.ObserveAsync(key, cancellationToken) is not { } observed) return;
        events.Record(observed.Target.Resource, EventType.Warning, "ReconciliationError", exception.Message);
    }
}
