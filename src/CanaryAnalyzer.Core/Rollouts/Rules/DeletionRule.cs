using System.Collections.Immutable;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>
/// What is done before a Rollout whose workload was scaled down goes, and its pods with it: the workload gets its pods back, then the Services select by the user's
/// labels alone, then gateways have the scale-down delay to notice. Never delays a deletion for longer than the progress deadline.
/// </summary>
internal static class DeletionRule
{
    private const string Restoring = "RestoringWorkload";
    private const string Released = "ServicesReleased";

    /// <summary>Whether a Rollout leaves its workload without pods, so that its own may not simply go.</summary>
    public static bool MustRestore(RolloutSpec spec) => spec.Workload is { ScaleDown: not ScaleDownMode.Never };

    /// <summary>Decides about a Rollout that is being deleted.</summary>
    public static RolloutDecision Decide(RolloutObservation seen, DateTimeOffset deletedAt, DateTimeOffset now)
    {
        var (identity, spec, workload) = (seen.Identity, seen.Spec, seen.Workload);
        if (!identity.HasFinalizer) return new RolloutDecision(seen.Status, [], [], null);

        // In a namespace that goes no pod can be made.
        if (identity.IsNamespaceDeleting) return Finish(seen, [], []);
        if (spec is null || workload is null)
        {
            var why = spec is null ? "its spec is invalid" : "its workload is missing";
            return Finish(seen, [], [new RolloutEvent("WorkloadNotRestored", $"No workload was scaled up before the Rollout goes: {why}", IsWarning: true)]);
        }

        return !MustRestore(spec) || spec.Replicas == 0 ? Finish(seen, Release(seen), []) : Restore(seen, spec, workload, deletedAt + spec.ProgressDeadline, now);
    }

    private static RolloutDecision Restore(RolloutObservation seen, RolloutSpec spec, WorkloadObservation workload, DateTimeOffset deadline, DateTimeOffset now)
    {
        var phase = seen.Status.Condition(ConditionTypes.Progressing)?.Reason;
        var isBegun = phase is Restoring or Released;
        var isScaled = !isBegun && workload.Replicas < spec.Replicas;

        // Once it was scaled up, a size that somebody gives the workload is theirs.
        var wanted = isBegun ? Math.Clamp(workload.Replicas, 1, spec.Replicas) : spec.Replicas;
        var isUp = !isScaled && workload.Available >= wanted;
        var isOverdue = deadline <= now;
        var effects = ImmutableArray<Effect>.Empty;
        var events = ImmutableArray<RolloutEvent>.Empty;
        if (isScaled && !isOverdue)
        {
            effects = effects.Add(new Effect.ScaleWorkload(workload.Name, spec.Replicas));
            events = events.Add(new RolloutEvent("ScalingWorkload", $"Scaled Deployment {workload.Name} from {workload.Replicas} to {spec.Replicas} before the Rollout goes"));
        }

        // With foreground deletion the ReplicaSets go first. Those that are orphaned are adopted by the workload, whose selector always matches its template's labels, and
        // scaled to its size. Services serve better by the user's labels then.
        var isServing = seen.ReplicaSets.Any(r => r.Available > 0);
        var released = isUp || isOverdue || !isServing ? Release(seen) : [];
        effects = effects.AddRange(released);
        if (!released.IsEmpty) events = events.Add(new RolloutEvent(Released, $"Services {string.Join(" and ", released.Cast<Effect.ReleaseService>().Select(e => e.Name))} select pods of all versions again"));
        if (isOverdue)
        {
            var missing = new RolloutEvent(
                "WorkloadNotRestored", $"Deployment {workload.Name} has {workload.Available} of {wanted} pods available at the progress deadline; the Rollout goes, and its pods with it", IsWarning: true);
            return Finish(seen, effects, isUp ? events : events.Add(missing));
        }

        var end = phase == Released ? seen.Status.Condition(ConditionTypes.Progressing)!.LastUpdateTime + spec.Strategy.ScaleDownDelay : now;
        if (isUp && released.IsEmpty && end <= now) return Finish(seen, effects, events);
        var status = Told(seen.Status, workload, wanted, isReleased: phase == Released || (isUp && !released.IsEmpty), now);
        var next = status.Condition(ConditionTypes.Progressing)!;
        var again = isUp && next.Reason == Released ? next.LastUpdateTime + spec.Strategy.ScaleDownDelay : deadline;
        return new RolloutDecision(status, effects, events, again < deadline ? again : deadline);
    }

    private static RolloutStatus Told(RolloutStatus status, WorkloadObservation workload, int wanted, bool isReleased, DateTimeOffset now)
    {
        var waiting = $"Waiting for Deployment {workload.Name} before the Rollout is deleted: {workload.Available} of {wanted} pods available";
        var message = isReleased ? "Waiting for the gateways to notice that the Services select other pods before the Rollout is deleted" : waiting;

        // What the release waited for holds up nothing any more.
        var ended = status with { Conditions = status.Conditions.RemoveAll(c => c.Type is ConditionTypes.Waiting or ConditionTypes.WaitingForHuman or ConditionTypes.CanaryUnavailable) };
        return ConditionRule.With(ended, ConditionTypes.Progressing, "True", isReleased ? Released : Restoring, message, KubernetesTime.RoundUp(now)) with
        {
            Phase = RolloutPhase.Progressing,
            Message = message,
        };
    }

    private static ImmutableArray<Effect> Release(RolloutObservation seen) =>
    [
        .. new[] { seen.CanaryService, seen.StableService }.Where(s => s?.ManagedBy == seen.Identity.Name).Select(s => s!.Name).Distinct(StringComparer.Ordinal)
            .Select(name => new Effect.ReleaseService(name)),
    ];

    private static RolloutDecision Finish(RolloutObservation seen, ImmutableArray<Effect> effects, ImmutableArray<RolloutEvent> events) =>
        new(seen.Status, effects.Add(new Effect.RemoveFinalizer()), events, null);
}
