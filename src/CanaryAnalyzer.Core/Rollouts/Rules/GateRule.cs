using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Statuses;

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
            draft.Status = draft.Status with { StepRun = null };
            GateReport.Wait(draft, new GateStatus(), problem.Type == ConditionTypes.PolicyConflict ? "policyConflict" : "policyInvalid");
            return GateAnswer.Closed;
        }

        var policy = policies[0];
        var attempts = Attempts(draft, policy, index, pausedAt);
        var run = Follow(draft, policy, pause, index, attempts);
        var begun = attempts.Select(a => a.CreatedAt).DefaultIfEmpty(draft.Now).Min();
        return Act(draft, policy, pause, run, begun, pausedAt);
    }

    private static (string Type, string Message)? Problem(DecisionDraft draft)
    {
        var policies = draft.Seen.Policies;
        if (policies.Length > 1)
            return (ConditionTypes.PolicyConflict, $"PromotionPolicies {string.Join(", ", policies.Select(p => p.Name))} all select this Rollout: none acts until one does");
        var policy = policies[0];
        return policy.Spec is not null && policy.Errors.IsEmpty ? null
            : (ConditionTypes.PolicyInvalid, $"PromotionPolicy {policy.Name} cannot act: {string.Join("; ", policy.Errors)}");
    }

    private static List<AnalysisRunObservation> Attempts(DecisionDraft draft, PolicyObservation policy, int index, DateTimeOffset pausedAt) =>
        [.. draft.Seen.Runs.Where(r => r.Kind == AnalysisRunKind.Pause && r.PodHash == draft.Status.CurrentPodHash && r.StepIndex == index
            && r.Fingerprint == policy.Fingerprint && r.CreatedAt >= pausedAt.AddSeconds(-1)).OrderBy(r => r.CreatedAt)];

    /// <summary>The run that judges now; null while its successor waits for its turn.</summary>
    private static AnalysisRunObservation? Follow(
        DecisionDraft draft, PolicyObservation policy, CanaryStep.Pause pause, int index, List<AnalysisRunObservation> attempts)
    {
        var followed = AnalysisRule.Find(draft, draft.Status.StepRun);
        var isOurs = followed is { Kind: AnalysisRunKind.Pause } && followed.Fingerprint == policy.Fingerprint;
        if (isOurs && !IsSpent(draft, followed!, attempts)) return followed;
        var begun = attempts.Select(a => a.CreatedAt).DefaultIfEmpty(draft.Now).Min();
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
            Deadline = GateTiming.Deadline(policy, pause, begun),
        });
        draft.Status = draft.Status with { StepRun = reference };
        return AnalysisRule.Find(draft, reference);
    }

    // A run that ended without a result is followed by another one after a while that doubles; what it lacked may be back by then.
    private static bool IsSpent(DecisionDraft draft, AnalysisRunObservation run, List<AnalysisRunObservation> attempts)
    {
        if (!run.IsCompleted || IsSuccess(run) || run.Phase == AnalysisPhase.Failed) return false;
        var again = (run.CompletedAt ?? run.CreatedAt) + GateTiming.RetryAfter(attempts.Count);
        if (again <= draft.Now) return true;
        draft.LookAgain(again);
        return false;
    }

    private static bool IsSuccess(AnalysisRunObservation run) => run is { Phase: AnalysisPhase.Successful, ProvesSuccess: true, IsTerminated: false };

    private static GateAnswer Act(
        DecisionDraft draft, PolicyObservation policy, CanaryStep.Pause pause, AnalysisRunObservation? run, DateTimeOffset begun, DateTimeOffset pausedAt)
    {
        var spec = policy.Spec!;
        var deadline = GateTiming.Deadline(policy, pause, begun);
        var gate = GateReport.Of(draft, policy, run, begun, deadline);
        var (action, reason) = Verdict(draft, policy, run, deadline);
        if (spec.Mode == PolicyMode.Observe)
        {
            GateReport.Observe(draft, gate, run, action);
            return GateAnswer.Ungated;
        }

        switch (action)
        {
            case GateAction.Abort:
                GateReport.TellVerdict(draft, run, "VerdictRollback");
                AbortRule.Abort(draft, run?.Verdict?.Sentence is { Length: > 0 } sentence ? sentence : run?.Message ?? reason);
                return GateAnswer.Closed;
            case GateAction.Promote when Hold(draft, spec) is { } hold:
                GateReport.Wait(draft, gate, hold);
                return GateAnswer.Closed;
            case GateAction.Promote:
                GateReport.TellVerdict(draft, run, "VerdictPromote");
                return GateAnswer.Open;
            case GateAction.Wait:
                GateReport.Wait(draft, gate, reason);
                return GateAnswer.Closed;
            default:
                draft.Status = draft.Status with { Gate = gate };
                return GateAnswer.Closed;
        }
    }

    private static string? Hold(DecisionDraft draft, PromotionPolicySpec spec) =>
        draft.Spec.Paused ? "rolloutPaused" : spec.Suspend ? "policySuspended" : draft.Seen.IsNamespaceHeld ? "namespaceHeld" : null;

    /// <summary>What the policy makes of the run, and why; no action while the judge looks on.</summary>
    private static (GateAction? Action, string Reason) Verdict(
        DecisionDraft draft, PolicyObservation policy, AnalysisRunObservation? run, DateTimeOffset deadline)
    {
        var spec = policy.Spec!;
        if (run is null) return (null, "");
        if (run.IsCompleted && IsSuccess(run)) return (spec.OnSuccessful, "onSuccessful: Wait");
        if (run.Phase == AnalysisPhase.Failed) return (spec.OnFailed, "onFailed: Wait");
        if (!run.IsCompleted && !GateTiming.IsUndecided(draft, policy, run, deadline)) return (null, "");
        var reason = Undecided.Reason(run);
        var action = spec.OnInconclusive.GetValueOrDefault(reason, GateAction.Wait);
        if (run.Phase == AnalysisPhase.Error && action == GateAction.Abort) action = GateAction.Wait;
        if (action == GateAction.Promote && !Undecided.MayPromote(run, reason, spec)) action = GateAction.Wait;
        return (action, Undecided.Name(reason));
    }
}
