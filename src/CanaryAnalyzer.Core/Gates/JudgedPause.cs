using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Policies;

namespace CanaryAnalyzer.Core.Gates;

/// <summary>A pause that one policy judges: keeps one run at work for it, and lets the policy act on what comes of it. Lives for one decision.</summary>
internal sealed class JudgedPause
{
    private readonly GateFacts facts;
    private readonly PolicyObservation policy;
    private readonly PromotionPolicySpec spec;
    private readonly GateClock clock;
    private readonly GateTiming timing;
    private readonly GateReport report;
    private readonly HeldSuccess held;
    private readonly List<AnalysisRunObservation> attempts;
    private readonly AnalysisRunObservation? found;
    private AnalysisRunObservation? run;
    private RunRequest? begin;
    private DateTimeOffset deadline;

    public JudgedPause(GateFacts facts, PolicyObservation policy, GateClock clock)
    {
        (this.facts, this.policy, this.clock) = (facts, policy, clock);
        spec = policy.Spec!;
        timing = new GateTiming(policy, clock);
        report = new GateReport(facts, clock);

        // The API server's clock cuts off, ours rounds up.
        var since = facts.Pause.BegunAt.AddSeconds(-1);
        var present = OfPause().Where(r => r.CreatedAt >= since);
        attempts = [.. present.OrderBy(r => r.CreatedAt).ThenBy(r => r.Name.Length).ThenBy(r => r.Name, StringComparer.Ordinal)];
        held = new HeldSuccess(policy, attempts, clock);
        run = found = Find();
        deadline = Deadline();
    }

    public GateAnswer Decide()
    {
        var (action, reason) = found is null ? (null, "") : Verdict(found);
        if (found is not null && held.IsConfirmedBy(found)) (action, reason) = (GateAction.Promote, "onSuccessful");
        if (found is not null && IsStale(found, action)) Begin(timing.Deadline(facts.Pause, clock.Stamp));
        else if (found is null || (action is null or GateAction.Wait && IsSpent(found))) Begin(deadline);
        if (action is null) reason = held.First is null ? "" : Holding();
        if (action is null && reason.Length == 0) reason = WaitingReasons.Kept(facts.Status, run, deadline);
        var answer = Act(action, reason) with { Policy = policy.Name, Run = found, Begin = begin };
        return answer with { SafeSince = Hold() is null ? null : held.First?.CompletedAt, Events = report.Events, RequeueAt = clock.RequeueAt };
    }

    private IEnumerable<AnalysisRunObservation> OfPause() =>
        facts.Runs.Where(r => r.Kind == AnalysisRunKind.Pause && r.PodHash == facts.Version && r.StepIndex == facts.Pause.Step);

    /// <summary>The run that judges now: the one that is followed, or one that was made by a reconcile whose status was never written.</summary>
    private AnalysisRunObservation? Find()
    {
        var followed = facts.Runs.FirstOrDefault(r => r.Name == facts.Followed);
        var isDeleted = followed is null && facts.FollowedBefore is not null;
        if (followed is null && attempts.LastOrDefault() is { IsTerminated: false } unknown && !(isDeleted && unknown.IsCompleted)) followed = unknown;
        return followed?.Fingerprint == policy.Fingerprint ? followed : null;
    }

    /// <summary>The deadline stays from one reconcile to the next, whatever becomes of the runs, until the gate begins again.</summary>
    private DateTimeOffset Deadline()
    {
        if (found is not null && facts.Status is { Deadline: { } known } gate && gate.Policy == policy.Name && found.Name == facts.FollowedBefore) return known;
        return timing.Deadline(facts.Pause, found is not null && found.CreatedAt < clock.Stamp ? found.CreatedAt : clock.Stamp);
    }

    // One that is there already was made by a reconcile whose status was never written.
    private void Begin(DateTimeOffset until)
    {
        deadline = until;
        begin = new RunRequest(policy, until);
        run = OfPause().FirstOrDefault(r => !r.IsCompleted && !r.IsTerminated && r.Fingerprint == policy.Fingerprint && r.Name != facts.FollowedBefore);
    }

    /// <summary>What the policy makes of the run, and why; no action while the judge continues to look.</summary>
    private (GateAction? Action, string Reason) Verdict(AnalysisRunObservation judged)
    {
        if (HeldSuccess.Is(judged)) return (spec.OnSuccessful, "onSuccessful");
        if (judged.Phase == AnalysisPhase.Failed) return (spec.OnFailed, "onFailed");
        if (!judged.IsCompleted && !timing.IsUndecided(judged, deadline, facts.Status)) return (null, "");
        var reason = Undecided.Reason(judged, isComparison: policy.ComparisonInterval is not null, timing.IsOverdue(judged));
        var action = spec.OnInconclusive.GetValueOrDefault(reason, GateAction.Wait);
        if (judged.Phase == AnalysisPhase.Error && action == GateAction.Abort) action = GateAction.Wait;
        var isBlind = reason is UndecidedReason.NoData or UndecidedReason.QueryError;
        if (action == GateAction.Abort && isBlind && !timing.IsLasting(judged)) action = GateAction.Wait;
        if (action == GateAction.Promote && !Undecided.MayPromote(judged, reason, spec)) action = GateAction.Wait;
        if (action != GateAction.Wait && timing.IsCatchingUp(judged, deadline)) action = GateAction.Wait;
        var isSilent = action == GateAction.Wait && policy.ComparisonInterval is null && !judged.IsCompleted;
        return (action, isSilent && WaitingReasons.Kept(facts.Status, judged, deadline) is { Length: > 0 } kept ? kept : Undecided.Name(judged, reason));
    }

    // A success that is on hold grows old while nothing looks: another run continues to look, a comparison's at once, so that it has looks by then.
    private bool IsStale(AnalysisRunObservation judged, GateAction? action)
    {
        var isWaiting = action == GateAction.Wait || (action == GateAction.Promote && Hold() is not null);
        if (spec.Mode == PolicyMode.Observe || !HeldSuccess.Is(judged) || !isWaiting) return false;
        return (action == GateAction.Promote && policy.ComparisonInterval is not null) || clock.HasCome(timing.StaleAt(judged));
    }

    // A run that ended without a result is followed by another one after a while that doubles; what it lacked may be back by then. A follower that was made
    // by a reconcile whose status was never written is not counted, and so is found again.
    private bool IsSpent(AnalysisRunObservation judged)
    {
        if (!judged.IsCompleted || HeldSuccess.Is(judged) || judged.Phase == AnalysisPhase.Failed) return false;
        return clock.HasCome((judged.CompletedAt ?? judged.CreatedAt) + GateTiming.RetryDelay(attempts.FindIndex(a => a.Name == judged.Name) + 1));
    }

    private GateAnswer Act(GateAction? action, string reason)
    {
        var gate = report.Of(policy, run, deadline);
        if (spec.Mode == PolicyMode.Observe)
            return new GateAnswer { Outcome = GateOutcome.Ungated, Status = report.Observe(gate, run, action), PauseBegunAt = Gate.Ungated(facts, clock) };
        var endsRunLater = run is { IsCompleted: false } && action is GateAction.Abort or GateAction.Promote;
        switch (action)
        {
            case GateAction.Abort:
                report.Add(run, GateEvent.VerdictRollback);
                var detail = GateReport.Detail(run) is { Length: > 0 } sentence ? sentence : $"PromotionPolicy {policy.Name}: {reason}";
                return new GateAnswer { Outcome = GateOutcome.Abort, Detail = detail, EndsRunLater = endsRunLater };
            case GateAction.Promote when Hold() is { } hold:
                var safe = held.First is { } first ? $"safe to promote since {first.CompletedAt:yyyy-MM-ddTHH:mm:ssZ}" : "";
                return new GateAnswer { Outcome = GateOutcome.Wait, Status = report.Wait(gate, hold, safe), EndsRunLater = endsRunLater };
            case GateAction.Promote:
                var promotes = held.Promotes(run);
                report.Add(promotes, GateEvent.VerdictPromote);
                return new GateAnswer { Outcome = GateOutcome.Promote, PromotedBy = promotes == run ? "" : promotes!.Name, EndsRunLater = endsRunLater };
            default:
                return new GateAnswer { Outcome = GateOutcome.Wait, Status = reason.Length > 0 ? report.Wait(gate, reason) : gate };
        }
    }

    private string Holding() => Hold() ?? (spec.OnSuccessful == GateAction.Wait ? "onSuccessful" : "");

    private string? Hold() => facts.Holds switch
    {
        { IsPaused: true } => "rolloutPaused",
        { IsHalted: true } => "inconclusiveAnalysis",
        _ when spec.Suspend => "policySuspended",
        { IsNamespaceHeld: true } => "namespaceHeld",
        _ => null,
    };
}
