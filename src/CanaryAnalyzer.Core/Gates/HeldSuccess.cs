using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Rollouts.Decisions;

namespace CanaryAnalyzer.Core.Gates;

/// <summary>
/// A success that is held back. Its evidence of safety is kept, and another run continues to look: the held promotion happens as soon as the hold ends, if the latest look,
/// which must be fresh and have data, shows no harm.
/// </summary>
internal static class HeldSuccess
{
    /// <summary>Whether a run is Successful by its own measurements.</summary>
    public static bool Is(AnalysisRunObservation run) => run is { Phase: AnalysisPhase.Successful, ProvesSuccess: true, IsTerminated: false };

    /// <summary>The successes of the present gate, oldest first; those from before a policy was edited do not count.</summary>
    public static List<AnalysisRunObservation> Of(PolicyObservation policy, List<AnalysisRunObservation> attempts) =>
        [.. attempts.Skip(attempts.FindLastIndex(a => a.Fingerprint != policy.Fingerprint) + 1).Where(Is)];

    /// <summary>Whether the run that follows a success lets it be acted on now.</summary>
    /// <param name="draft">The decision so far.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="successes">The gate's successes, oldest first.</param>
    /// <param name="run">The run that looks now.</param>
    public static bool IsConfirmed(DecisionDraft draft, PolicyObservation policy, List<AnalysisRunObservation> successes, AnalysisRunObservation run)
    {
        if (successes.Count == 0 || policy.Spec!.OnSuccessful != GateAction.Promote || policy.Spec.Mode != PolicyMode.Enforce) return false;
        if (run.Phase is AnalysisPhase.Failed or AnalysisPhase.Successful || ShowsHarm(run)) return false;
        return IsFresh(draft, GateTiming.Stale(policy, successes[^1])) || HasFreshLook(draft, policy, run);
    }

    /// <summary>The run on whose result the pause is promoted: a success that was held, where the run that looks now has come to none itself. The release's record names it.</summary>
    public static AnalysisRunObservation? Speak(DecisionDraft draft, AnalysisRunObservation? run, List<AnalysisRunObservation> successes)
    {
        if (successes.Count == 0 || run is null || Is(run)) return run;
        if (draft.Status.Release is { } release) draft.Status = draft.Status with { Release = release with { LastPauseRun = successes[^1].Name } };
        return successes[^1];
    }

    // A look without data, or with less than a judgement needs, says nothing: nothing is promoted on it.
    private static bool HasFreshLook(DecisionDraft draft, PolicyObservation policy, AnalysisRunObservation run)
    {
        if (run.IsCompleted || run.Verdict is not { LookedAt: { } at, Evidence: not null, HasMinimumRequests: true } verdict) return false;
        return verdict.Reason is "Safe" or "MinDuration" or "AwaitingEnd" or "InBetween" or "TooLittleTraffic" && IsFresh(draft, at + GateTiming.FreshFor(policy));
    }

    private static bool ShowsHarm(AnalysisRunObservation run) =>
        run.Verdict is { } verdict && (verdict.Reason is "SignOfHarm" or "HarmShown" or "BothWorse" or "TrafficShare" || !(verdict.Evidence is null || verdict.Evidence < Math.Sqrt(verdict.Threshold ?? 1)));

    private static bool IsFresh(DecisionDraft draft, DateTimeOffset until)
    {
        if (until > draft.Now) draft.LookAgain(until);
        return until > draft.Now;
    }
}
