using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Gates;

/// <summary>
/// Why a gate waits, as its status shows it: a standing state. What the data say changes with every look, and follower runs begin without any; neither ends a wait nor
/// begins another one.
/// </summary>
internal static class WaitingReasons
{
    // Longer than an alert needs to fire.
    private static readonly TimeSpan ShownFor = TimeSpan.FromMinutes(5);

    /// <summary>Whether a reason comes from what the data say or lack, and not from a user or a policy.</summary>
    public static bool IsOfData(string reason) => reason is "noData" or "queryError" or "tooLittleTraffic" or "trafficShare" or "inBetween" or "bothWorse";

    /// <summary>The reason to show next: one that comes from the data stays for a while before another one from the data replaces it.</summary>
    public static string Next(DecisionDraft draft, string shown, string reason)
    {
        if (shown == reason || !IsOfData(shown) || !IsOfData(reason)) return reason;
        var end = (draft.Seen.Status.Condition(ConditionTypes.WaitingForHuman)?.LastUpdateTime ?? draft.Stamp) + ShownFor;
        if (end <= draft.Now) return reason;
        draft.LookAgain(end);
        return shown;
    }

    /// <summary>What a gate that is not at its deadline continues to wait for: until a follower has looked, what its predecessor lacked is still lacking. Empty for nothing.</summary>
    public static string Kept(DecisionDraft draft, AnalysisRunObservation? run, DateTimeOffset deadline)
    {
        if (draft.Status.Gate is not { Observes: false } gate || gate.Deadline != deadline || !IsOfData(gate.WaitingReason)) return "";
        return run?.Verdict?.Reason is null or "NoData" or "QueryError" or "MissingSeries" or "Stale" ? gate.WaitingReason : "";
    }
}
