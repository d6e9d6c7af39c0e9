using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Policies;

namespace CanaryAnalyzer.Core.Gates;

/// <summary>Says what a gate waits for: in its status, by events, and for whom.</summary>
internal sealed class GateReport(GateFacts facts, GateClock clock)
{
    private readonly ImmutableArray<GateEvent>.Builder events = ImmutableArray.CreateBuilder<GateEvent>();

    public ImmutableArray<GateEvent> Events => events.ToImmutable();

    /// <summary>Why a run speaks against the canary; empty where it says nothing.</summary>
    public static string Detail(AnalysisRunObservation? run) =>
        run?.Verdict?.Sentence is { Length: > 0 } sentence ? sentence : run is { Phase: AnalysisPhase.Failed } ? run.Message : "";

    /// <summary>The event of a verdict that is acted on.</summary>
    public static GateEvent Verdict(AnalysisRunObservation? run, string reason)
    {
        var text = run?.Verdict?.Sentence is { Length: > 0 } sentence ? sentence
            : run is { Message.Length: > 0 } ? run.Message : $"AnalysisRun {run?.Name} is {run?.Phase}";
        return new GateEvent(reason, text, IsWarning: run?.Phase == AnalysisPhase.Failed);
    }

    /// <summary>The gate as the status shows it.</summary>
    public GateStatus Of(PolicyObservation policy, AnalysisRunObservation? run, DateTimeOffset deadline) => new()
    {
        Policy = policy.Name,
        Observes = policy.Spec!.Mode == PolicyMode.Observe,
        Look = run?.Verdict?.Look ?? 0,
        Evidence = run?.Verdict?.Evidence,
        Threshold = run?.Verdict?.Threshold,
        Earliest = new GateTiming(policy, clock).Earliest(run?.CreatedAt ?? clock.Now, deadline, facts.Pause.IsLast),
        Deadline = deadline,
        Verdict = run?.Verdict?.Sentence is { Length: > 0 } sentence ? sentence : run is { IsCompleted: true } ? run.Message : "",
    };

    /// <summary>The pause waits for a user, and emits one event; since when it waits does not change with the reason.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="reason">Why.</param>
    /// <param name="detail">What else to say of it; may be empty.</param>
    public GateStatus Wait(GateStatus gate, string reason, string detail = "")
    {
        var (next, isNew) = Waiting(gate, reason);
        if (!isNew) return next;
        var also = (detail.Length > 0 ? $"; {detail}" : "") + (gate.Verdict.Length > 0 ? $". {gate.Verdict}" : "");
        events.Add(new GateEvent(GateEvent.WaitingForHuman, $"PromotionPolicy {gate.Policy} waits for a user: {next.WaitingReason}{also}"));
        return next;
    }

    /// <summary>No policy can act: the pause waits for a user, and emits one warning.</summary>
    public GateStatus Wait(GateProblem problem, string reason)
    {
        var (next, isNew) = Waiting(new GateStatus(), reason);
        if (isNew) events.Add(new GateEvent(problem.Reason, problem.Message, IsWarning: true));
        return next;
    }

    /// <summary>The policy only observes: says once what it would have done.</summary>
    public GateStatus Observe(GateStatus gate, AnalysisRunObservation? run, GateAction? action)
    {
        var reason = action switch
        {
            GateAction.Promote => "observed: would promote",
            GateAction.Abort => "observed: would roll back",
            GateAction.Wait => "observed: would wait",
            _ => "",
        };
        var isSame = facts.Status?.WaitingReason == reason;
        var sentence = run?.Verdict is { Sentence.Length: > 0 } verdict ? $". {verdict.Sentence}" : "";
        if (reason.Length > 0 && !isSame) events.Add(new GateEvent(GateEvent.VerdictObserved, $"PromotionPolicy {gate.Policy} {reason}{sentence}"));
        return gate with { WaitingReason = reason, WaitingSince = reason.Length == 0 ? null : isSame ? facts.Status!.WaitingSince : clock.Stamp };
    }

    /// <summary>Emits the verdict on which the policy acts now.</summary>
    public void Add(AnalysisRunObservation? run, string reason) => events.Add(Verdict(run, reason));

    private (GateStatus Next, bool IsNew) Waiting(GateStatus gate, string reason)
    {
        var before = facts.Status is { Observes: false, WaitingReason.Length: > 0 } waiting ? waiting : null;
        var shown = before is null ? reason : WaitingReasons.Next(before.WaitingReason, facts.ReasonShownAt, reason, clock);
        return (gate with { WaitingReason = shown, WaitingSince = before is null ? clock.Stamp : before.WaitingSince }, before?.WaitingReason != shown);
    }
}
