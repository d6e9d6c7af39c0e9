using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Policies;

namespace CanaryAnalyzer.Core.Gates;

/// <summary>Why a run did not decide, and whether a policy may promote all the same.</summary>
internal static class Undecided
{
    /// <summary>The reason, by the run's verdict where there is one.</summary>
    /// <param name="run">The run.</param>
    /// <param name="isComparison">Whether it compares the two versions; such a run without a verdict has had no answer to its first look.</param>
    /// <param name="isOverdue">Whether a look's answer is overdue.</param>
    public static UndecidedReason Reason(AnalysisRunObservation run, bool isComparison, bool isOverdue) => run switch
    {
        { IsCompleted: false } when isOverdue => UndecidedReason.QueryError,
        { Phase: AnalysisPhase.Error } => UndecidedReason.QueryError,
        { Phase: AnalysisPhase.Successful } => UndecidedReason.NoData,
        { Verdict.Reason: var reason } => ByVerdict(reason),
        { Verdict: null } when !isComparison => UndecidedReason.InBetween,
        { Verdict: null, IsCompleted: false } => UndecidedReason.QueryError,
        _ => UndecidedReason.NoData,
    };

    private static UndecidedReason ByVerdict(VerdictReason reason) => reason switch
    {
        VerdictReason.TooLittleTraffic => UndecidedReason.TooLittleTraffic,
        VerdictReason.QueryError => UndecidedReason.QueryError,
        VerdictReason.TrafficShare => UndecidedReason.TrafficShare,
        VerdictReason.InBetween or VerdictReason.MinDuration or VerdictReason.AwaitingEnd or VerdictReason.Safe or VerdictReason.SignOfHarm or VerdictReason.HarmShown
            or VerdictReason.BucketsTooCoarse or VerdictReason.BothWorse => UndecidedReason.InBetween,
        VerdictReason.NoData or VerdictReason.WarmingUp or VerdictReason.MissingSeries or VerdictReason.Stale => UndecidedReason.NoData,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "no undecided reason is named for it"),
    };

    /// <summary>The reason for people, as a policy's <c>onInconclusive</c> map spells it where the map has it.</summary>
    public static string Name(AnalysisRunObservation run, UndecidedReason reason) => reason switch
    {
        UndecidedReason.InBetween when run.Verdict?.Reason == VerdictReason.BothWorse => "bothWorse",
        UndecidedReason.NoData => "noData",
        UndecidedReason.TooLittleTraffic => "tooLittleTraffic",
        UndecidedReason.QueryError => "queryError",
        UndecidedReason.TrafficShare => "trafficShare",
        _ => "inBetween",
    };

    /// <summary>Whether promoting without evidence of safety is within what the policy accepts.</summary>
    public static bool MayPromote(AnalysisRunObservation run, UndecidedReason reason, PromotionPolicySpec policy)
    {
        // Where both versions got worse together, whatever it is that happens, it is no time to promote.
        if (run.IsTerminated || run.Verdict?.Reason == VerdictReason.BothWorse || reason is UndecidedReason.NoData or UndecidedReason.QueryError) return false;
        if (run.Verdict is not { Evidence: { } evidence, Threshold: { } threshold } verdict) return reason == UndecidedReason.InBetween && run.Phase == AnalysisPhase.Inconclusive;
        var isWithoutSign = evidence < Math.Sqrt(threshold);
        if (reason != UndecidedReason.TooLittleTraffic) return isWithoutSign;
        return isWithoutSign && verdict.HasMinimumRequests && policy.AcceptUndetected is { } accepted && verdict.SmallestRatio <= accepted;
    }
}
