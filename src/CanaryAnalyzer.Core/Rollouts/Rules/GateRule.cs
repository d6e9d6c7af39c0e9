using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Gates;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>The judged pause: keeps one run at work for it, and lets the policy act on what comes out.</summary>
internal static class GateRule
{
    public static GateAnswer Judge(DecisionDraft draft, CanaryStep.Pause pause, int index, DateTimeOffset pausedAt)
    {
        var policies = draft.Seen.Policies;
        if (policies.IsEmpty)
        {
            draft.Status = draft.Status with { StepRun = null, Gate = null };
            return GateAnswer.Ungated;
        }

        if (Problem(draft) is { } problem)
        {
            draft.PolicyProblem = problem;
            ForgetAttempts(draft);
            if (policies is [{ Spec.Mode: PolicyMode.Observe }]) return GateAnswer.Ungated;
            GateReport.Wait(draft, new GateStatus(), problem.Type == ConditionTypes.PolicyConflict ? "policyConflict" : "policyInvalid");
            return GateAnswer.Closed;
        }

        var policy = policies[0];
        var attempts = Attempts(draft, index, pausedAt);
        var run = Find(draft, policy, attempts);
        if (run is not null) ReleaseRule.Follow(draft, run.Name, policy.Name, isPause: true);
        var deadline = Deadline(draft, policy, pause, run);
        var successes = HeldSuccess.Of(policy, attempts);
        var (action, reason) = run is null ? (null, "") : Verdict(draft, policy, run, deadline);
        if (run is not null && HeldSuccess.IsConfirmed(draft, policy, successes, run)) (action, reason) = (GateAction.Promote, "onSuccessful");
        if (run is not null && IsStale(draft, policy, run, action))
        {
            deadline = GateTiming.Deadline(policy, pause, draft.Stamp);
            run = Begin(draft, policy, index, deadline);
        }
        else if (run is null || (action is null or GateAction.Wait && IsSpent(draft, run, attempts)))
        {
            run = Begin(draft, policy, index, deadline);
        }

        if (action is null) reason = successes.Count > 0 && Holding(draft, policy.Spec!) is { Length: > 0 } holding ? holding : WaitingReasons.Kept(draft, run, deadline);
        if (Hold(draft, policy.Spec!) is not null) draft.SafeSince = successes.FirstOrDefault()?.CompletedAt;
        var gate = GateReport.Of(draft, policy, run, deadline, IsLastPause(draft, index));
        return Act(draft, policy, run, (action, reason), gate, successes);
    }

    private static bool IsLastPause(DecisionDraft draft, int index) => !draft.Canary.Steps.Skip(index + 1).OfType<CanaryStep.Pause>().Any();

    // Where no policy can act the gate starts anew afterwards: no run of before may speak then.
    private static void ForgetAttempts(DecisionDraft draft)
    {
        if (draft.Status.StepRun is null) return;
        draft.Status = draft.Status with
        {
            StepRun = null,
            PauseConditions = [.. draft.Status.PauseConditions.Select(p => p.Reason == PauseCondition.CanaryPauseStep ? p with { StartTime = draft.Stamp.AddSeconds(2) } : p)],
        };
    }

    // A success that is on hold grows old while nothing looks: another run continues to look, a comparison's at once, so that it has looks by then.
    private static bool IsStale(DecisionDraft draft, PolicyObservation policy, AnalysisRunObservation run, GateAction? action)
    {
        var spec = policy.Spec!;
        var isWaiting = action == GateAction.Wait || (action == GateAction.Promote && Hold(draft, spec) is not null);
        if (spec.Mode == PolicyMode.Observe || !HeldSuccess.Is(run) || !isWaiting) return false;
        if (action == GateAction.Promote && policy.ComparisonInterval is not null) return true;
        var stale = GateTiming.Stale(policy, run);
        if (stale <= draft.Now) return true;
        draft.LookAgain(stale);
        return false;
    }

    private static string Holding(DecisionDraft draft, PromotionPolicySpec spec) =>
        Hold(draft, spec) ?? (spec.OnSuccessful == GateAction.Wait ? "onSuccessful" : "");

    private static (string Type, string Message)? Problem(DecisionDraft draft)
    {
        var policies = draft.Seen.Policies;
        if (policies.Length > 1)
            return (ConditionTypes.PolicyConflict, Conflict(policies));
        var policy = policies[0];
        return policy.Spec is not null && policy.Errors.IsEmpty ? null
            : (ConditionTypes.PolicyInvalid, $"PromotionPolicy {policy.Name} cannot act: {string.Join("; ", policy.Errors)}");
    }

    private static string Conflict(ImmutableArray<PolicyObservation> policies)
    {
        var names = policies.Select(p => p.Name).ToList();
        var quantity = names.Count == 2 ? "both" : "all";
        return $"PromotionPolicies {string.Join(", ", names.SkipLast(1))} and {names[^1]} {quantity} select this Rollout; {(names.Count == 2 ? "neither applies" : "none applies")} until only one does";
    }

    /// <summary>The runs of this pause, oldest first. The API server's clock cuts off, ours rounds up.</summary>
    private static List<AnalysisRunObservation> Attempts(DecisionDraft draft, int index, DateTimeOffset pausedAt) =>
    [
        .. draft.Seen.Runs
            .Where(r => r.Kind == AnalysisRunKind.Pause && r.PodHash == draft.Status.CurrentPodHash && r.StepIndex == index && r.CreatedAt >= pausedAt.AddSeconds(-1))
            .OrderBy(r => r.CreatedAt).ThenBy(r => r.Name.Length).ThenBy(r => r.Name, StringComparer.Ordinal),
    ];

    /// <summary>The run that judges now: the one that is followed, or one that was made by a pass whose status was never written.</summary>
    private static AnalysisRunObservation? Find(DecisionDraft draft, PolicyObservation policy, List<AnalysisRunObservation> attempts)
    {
        var run = FollowedRun.Find(draft, draft.Status.StepRun);
        var isDeleted = run is null && draft.Seen.Status.StepRun is not null;
        if (run is null && attempts.LastOrDefault() is { IsTerminated: false } unknown && !(isDeleted && unknown.IsCompleted)) run = unknown;
        if (run?.Fingerprint != policy.Fingerprint) run = null;
        draft.Status = draft.Status with { StepRun = run is null ? null : new AnalysisRunReference(run.Name, run.Phase, run.Message) };
        return run;
    }

    /// <summary>The deadline stays from pass to pass, whatever becomes of the runs, until the gate starts anew.</summary>
    private static DateTimeOffset Deadline(DecisionDraft draft, PolicyObservation policy, CanaryStep.Pause pause, AnalysisRunObservation? run)
    {
        var gate = draft.Status.Gate;
        if (run is not null && gate is { Deadline: { } known } && gate.Policy == policy.Name && run.Name == draft.Seen.Status.StepRun?.Name) return known;
        return GateTiming.Deadline(policy, pause, run is not null && run.CreatedAt < draft.Stamp ? run.CreatedAt : draft.Stamp);
    }

    private static AnalysisRunObservation? Begin(DecisionDraft draft, PolicyObservation policy, int index, DateTimeOffset deadline)
    {
        var (continues, anew) = ReleaseRule.Predecessor(draft, policy.Name);
        var reference = RunRule.AdoptOrCreate(draft, new Effect.CreateAnalysisRun
        {
            Name = RunRule.Name(draft, index),
            Kind = AnalysisRunKind.Pause,
            PodHash = draft.Status.CurrentPodHash,
            Revision = draft.Revision,
            StepIndex = index,
            Analysis = RunRule.WithValues(draft, policy.Spec!.Analysis, RunRule.Placeholders(draft)),
            Fingerprint = policy.Fingerprint,
            Policy = policy.Name,
            Deadline = deadline,
            Continues = continues,
            Anew = anew,
            IsLastPause = IsLastPause(draft, index),
        });
        draft.Status = draft.Status with { StepRun = reference };
        ReleaseRule.Follow(draft, reference.Name, policy.Name, isPause: true);
        return FollowedRun.Find(draft, reference);
    }

    // A run that ended without a result is followed by another one after a while that doubles; what it lacked may be back by then. A follower that was made
    // by a pass whose status was never written is not counted, and so is found again.
    private static bool IsSpent(DecisionDraft draft, AnalysisRunObservation run, List<AnalysisRunObservation> attempts)
    {
        if (!run.IsCompleted || HeldSuccess.Is(run) || run.Phase == AnalysisPhase.Failed) return false;
        var again = (run.CompletedAt ?? run.CreatedAt) + GateTiming.RetryAfter(attempts.FindIndex(a => a.Name == run.Name) + 1);
        if (again <= draft.Now) return true;
        draft.LookAgain(again);
        return false;
    }

    private static GateAnswer Act(
        DecisionDraft draft, PolicyObservation policy, AnalysisRunObservation? run, (GateAction? Action, string Reason) verdict, GateStatus gate, List<AnalysisRunObservation> successes)
    {
        var spec = policy.Spec!;
        var (action, reason) = verdict;
        if (spec.Mode == PolicyMode.Observe)
        {
            GateReport.Observe(draft, gate, run, action);
            return GateAnswer.Ungated;
        }

        draft.EndsRunsLater = run is { IsCompleted: false } && action is GateAction.Abort or GateAction.Promote;
        switch (action)
        {
            case GateAction.Abort:
                GateReport.TellVerdict(draft, run, "VerdictRollback");
                AbortRule.Abort(draft, GateReport.Detail(run) is { Length: > 0 } detail ? detail : $"PromotionPolicy {policy.Name}: {reason}", $"policy/{policy.Name}");
                return GateAnswer.Closed;
            case GateAction.Promote when Hold(draft, spec) is { } hold:
                GateReport.Wait(draft, gate, hold, successes.Count > 0 ? $"safe to promote since {successes[0].CompletedAt:yyyy-MM-ddTHH:mm:ssZ}" : "");
                return GateAnswer.Closed;
            case GateAction.Promote:
                GateReport.TellVerdict(draft, HeldSuccess.Speak(draft, run, successes), "VerdictPromote");
                return GateAnswer.Open;
            case GateAction.Wait:
                GateReport.Wait(draft, gate, reason);
                return GateAnswer.Closed;
            default:
                if (reason.Length > 0) GateReport.Wait(draft, gate, reason);
                else draft.Status = draft.Status with { Gate = gate };
                return GateAnswer.Closed;
        }
    }

    private static string? Hold(DecisionDraft draft, PromotionPolicySpec spec) =>
        draft.Spec.Paused ? "rolloutPaused" : draft.IsHalted ? "inconclusiveAnalysis" : spec.Suspend ? "policySuspended" : draft.Seen.IsNamespaceHeld ? "namespaceHeld" : null;

    /// <summary>What the policy makes of the run, and why; no action while the judge looks on.</summary>
    private static (GateAction? Action, string Reason) Verdict(DecisionDraft draft, PolicyObservation policy, AnalysisRunObservation run, DateTimeOffset deadline)
    {
        var spec = policy.Spec!;
        if (HeldSuccess.Is(run)) return (spec.OnSuccessful, "onSuccessful");
        if (run.Phase == AnalysisPhase.Failed) return (spec.OnFailed, "onFailed");
        if (!run.IsCompleted && !GateTiming.IsUndecided(draft, policy, run, deadline)) return (null, "");
        var isOverdue = GateTiming.IsOverdue(draft, policy, run);
        var reason = Undecided.Reason(run, isComparison: policy.ComparisonInterval is not null, isOverdue);
        var action = spec.OnInconclusive.GetValueOrDefault(reason, GateAction.Wait);
        if (run.Phase == AnalysisPhase.Error && action == GateAction.Abort) action = GateAction.Wait;
        if (action == GateAction.Abort && (reason is UndecidedReason.NoData or UndecidedReason.QueryError) && !GateTiming.IsLasting(draft, policy, run)) action = GateAction.Wait;
        if (action == GateAction.Promote && !Undecided.MayPromote(run, reason, spec)) action = GateAction.Wait;
        if (action != GateAction.Wait && GateTiming.IsCatchingUp(draft, run, deadline)) action = GateAction.Wait;
        var isSilent = action == GateAction.Wait && policy.ComparisonInterval is null && !run.IsCompleted;
        return (action, isSilent && WaitingReasons.Kept(draft, run, deadline) is { Length: > 0 } kept ? kept : Undecided.Name(run, reason));
    }
}
