using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Gates;

/// <summary>Says what a judged pause waits for: in the status, by events, and for whom.</summary>
internal static class GateReport
{
    /// <summary>The gate as the status shows it.</summary>
    public static GateStatus Of(
        DecisionDraft draft, PolicyObservation policy, AnalysisRunObservation? run, DateTimeOffset deadline, bool isLastPause) => new()
        {
            Policy = policy.Name,
            Observes = policy.Spec!.Mode == PolicyMode.Observe,
            Look = run?.Verdict?.Look ?? 0,
            Evidence = run?.Verdict?.Evidence,
            Threshold = run?.Verdict?.Threshold,
            Earliest = GateTiming.Earliest(policy, run?.CreatedAt ?? draft.Now, deadline, isLastPause),
            Deadline = deadline,
            Verdict = run?.Verdict?.Sentence is { Length: > 0 } sentence ? sentence : run is { IsCompleted: true } ? run.Message : "",
        };

    /// <summary>Why a run speaks against the canary; empty where it says nothing.</summary>
    public static string Detail(AnalysisRunObservation? run) =>
        run?.Verdict?.Sentence is { Length: > 0 } sentence ? sentence : run is { Phase: AnalysisPhase.Failed } ? run.Message : "";

    /// <summary>The pause waits for a user, and emits one event; since when it waits does not change with the reason.</summary>
    /// <param name="draft">The decision so far.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="reason">Why.</param>
    /// <param name="detail">What else to say of it; may be empty.</param>
    public static void Wait(DecisionDraft draft, GateStatus gate, string reason, string detail = "")
    {
        var before = draft.Status.Gate is { Observes: false, WaitingReason.Length: > 0 } waiting ? waiting : null;
        if (before is not null) reason = WaitingReasons.Next(draft, before.WaitingReason, reason);
        draft.Status = draft.Status with { Gate = gate with { WaitingReason = reason, WaitingSince = before is null ? draft.Stamp : before.WaitingSince } };
        if (before?.WaitingReason == reason) return;
        var text = draft.PolicyProblem is { } problem ? problem.Message
            : $"PromotionPolicy {gate.Policy} waits for a user: {reason}" + (detail.Length > 0 ? $"; {detail}" : "") + (gate.Verdict.Length > 0 ? $". {gate.Verdict}" : "");
        if (draft.PolicyProblem is { } known) draft.Warn(known.Type, text);
        else draft.Tell(ConditionTypes.WaitingForHuman, text);
    }

    /// <summary>The policy only observes: says once what it would have done.</summary>
    public static void Observe(DecisionDraft draft, GateStatus gate, AnalysisRunObservation? run, GateAction? action)
    {
        var reason = action switch
        {
            GateAction.Promote => "observed: would promote",
            GateAction.Abort => "observed: would roll back",
            GateAction.Wait => "observed: would wait",
            _ => "",
        };
        var before = draft.Status.Gate;
        var isSame = before?.WaitingReason == reason;
        draft.Status = draft.Status with { Gate = gate with { WaitingReason = reason, WaitingSince = reason.Length == 0 ? null : isSame ? before!.WaitingSince : draft.Stamp } };
        if (reason.Length == 0 || isSame) return;
        draft.Tell("VerdictObserved", $"PromotionPolicy {gate.Policy} {reason}" + (run?.Verdict is { Sentence.Length: > 0 } verdict ? $". {verdict.Sentence}" : ""));
    }

    /// <summary>Tells the verdict on which the policy acts now.</summary>
    public static void TellVerdict(DecisionDraft draft, AnalysisRunObservation? run, string reason)
    {
        var text = run?.Verdict?.Sentence is { Length: > 0 } sentence ? sentence : run is { Message.Length: > 0 } ? run.Message : $"AnalysisRun {run?.Name} is {run?.Phase}";
        if (run?.Phase == AnalysisPhase.Failed) draft.Warn(reason, text);
        else draft.Tell(reason, text);
    }
}
