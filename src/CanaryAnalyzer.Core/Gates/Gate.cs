using System.Collections.Immutable;
using CanaryAnalyzer.Core.Policies;

namespace CanaryAnalyzer.Core.Gates;

/// <summary>
/// Decides a pause by a PromotionPolicy: which run judges, whether the pause waits, promotes or aborts, and what to say of it. Pure and total. It knows pauses
/// and
/// versions, not what pauses: every engine has an adapter that turns its resource into <see cref="GateFacts"/> and carries the <see cref="GateAnswer"/> out.
/// </summary>
public static class Gate
{
    // Runs of before must not speak afterwards, although the API server's clock cuts off and ours rounds up.
    private static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(2);

    /// <summary>Decides.</summary>
    /// <param name="facts">All that is known.</param>
    /// <param name="now">The present instant.</param>
    public static GateAnswer Decide(GateFacts facts, DateTimeOffset now)
    {
        var clock = new GateClock(now);
        if (facts.Policies.IsEmpty) return new GateAnswer { Outcome = GateOutcome.Ungated, PauseBegunAt = Ungated(facts, clock) };
        return Problem(facts.Policies) is { } problem ? Powerless(facts, problem, clock) : new JudgedPause(facts, facts.Policies[0], clock).Decide();
    }

    /// <summary>Time that passed under a judge counts for nothing without one.</summary>
    internal static DateTimeOffset? Ungated(GateFacts facts, GateClock clock) => facts.Status is { Observes: false } ? clock.Stamp : null;

    // Where no policy can act the gate begins again afterwards.
    private static GateAnswer Powerless(GateFacts facts, GateProblem problem, GateClock clock)
    {
        DateTimeOffset? restart = facts.Followed is null ? null : clock.Stamp + RestartDelay;
        if (facts.Policies is [{ Spec.Mode: PolicyMode.Observe }])
        {
            return new GateAnswer
            {
                Outcome = GateOutcome.Ungated,
                Problem = problem,
                Status = facts.Status is { Observes: true } ? facts.Status : null,
                PauseBegunAt = restart ?? Ungated(facts, clock),
            };
        }

        var report = new GateReport(facts, clock);
        var status = report.Wait(problem, problem.Reason == GateProblem.Conflict ? "policyConflict" : "policyInvalid");
        return new GateAnswer
        {
            Outcome = GateOutcome.Wait,
            Problem = problem,
            Status = status,
            PauseBegunAt = restart,
            Events = report.Events,
            RequeueAt = clock.RequeueAt,
        };
    }

    private static GateProblem? Problem(ImmutableArray<PolicyObservation> policies)
    {
        if (policies.Length > 1) return new GateProblem(GateProblem.Conflict, Conflict(policies));
        var policy = policies[0];
        return policy.Spec is not null && policy.Errors.IsEmpty ? null
            : new GateProblem(GateProblem.Invalid, $"PromotionPolicy {policy.Name} cannot act: {string.Join("; ", policy.Errors)}");
    }

    private static string Conflict(ImmutableArray<PolicyObservation> policies)
    {
        var names = policies.Select(p => p.Name).ToList();
        var (quantity, none) = names.Count == 2 ? ("both", "neither") : ("all", "none");
        return $"PromotionPolicies {string.Join(", ", names.SkipLast(1))} and {names[^1]} {quantity} select this Rollout; {none} applies until only one does";
    }
}
