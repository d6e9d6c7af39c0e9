using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Policies;

namespace CanaryAnalyzer.Core.Gates;

/// <summary>
/// A success that is held back. Its evidence of safety is kept, and another run continues to look: the held promotion happens as soon as the hold ends, if the
/// latest
/// look, which must be fresh and have data, shows no harm.
/// </summary>
/// <param name="policy">The policy.</param>
/// <param name="attempts">The runs of the pause, oldest first.</param>
/// <param name="clock">The instant of the decision.</param>
internal sealed class HeldSuccess(PolicyObservation policy, List<AnalysisRunObservation> attempts, GateClock clock)
{
    private readonly GateTiming timing = new(policy, clock);

    // Those from before a policy was edited do not count.
    private readonly List<AnalysisRunObservation> successes =
        [.. attempts.Skip(attempts.FindLastIndex(a => a.Fingerprint != policy.Fingerprint) + 1).Where(Is)];

    /// <summary>The first success of the present gate; null where there is none.</summary>
    public AnalysisRunObservation? First => successes.FirstOrDefault();

    /// <summary>Whether a run is Successful by its own measurements.</summary>
    public static bool Is(AnalysisRunObservation run) => run is { Phase: AnalysisPhase.Successful, ProvesSuccess: true, IsTerminated: false };

    /// <summary>Whether the run that follows a success lets it be acted on now.</summary>
    public bool IsConfirmedBy(AnalysisRunObservation run)
    {
        if (successes.Count == 0 || policy.Spec!.OnSuccessful != GateAction.Promote || policy.Spec.Mode != PolicyMode.Enforce) return false;
        if (run.Phase is AnalysisPhase.Failed or AnalysisPhase.Successful || ShowsHarm(run)) return false;
        return !clock.HasCome(timing.StaleAt(successes[^1])) || HasFreshLook(run);
    }

    /// <summary>The run on whose result the pause is promoted: a success that was held, where the run that looks now has come to none itself.</summary>
    public AnalysisRunObservation? Promotes(AnalysisRunObservation? run) => successes.Count == 0 || run is null || Is(run) ? run : successes[^1];

    // A look without data, or with less than a judgement needs, says nothing: nothing is promoted on it.
    private bool HasFreshLook(AnalysisRunObservation run)
    {
        if (run.IsCompleted || run.Verdict is not { LookedAt: { } at, Evidence: not null, HasMinimumRequests: true } verdict) return false;
        return verdict.Reason is VerdictReason.Safe or VerdictReason.MinDuration or VerdictReason.AwaitingEnd or VerdictReason.InBetween or VerdictReason.TooLittleTraffic
            && !clock.HasCome(at + timing.FreshFor);
    }

    private static bool ShowsHarm(AnalysisRunObservation run)
    {
        if (run.Verdict is not { } verdict) return false;
        var isWithoutSign = verdict.Evidence is null || verdict.Evidence < Math.Sqrt(verdict.Threshold ?? 1);
        return verdict.Reason is VerdictReason.SignOfHarm or VerdictReason.HarmShown or VerdictReason.BothWorse or VerdictReason.TrafficShare || !isWithoutSign;
    }
}
