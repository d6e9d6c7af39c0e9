using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Observations;

namespace CanaryAnalyzer.Core.Gates;

/// <summary>
/// Why a gate waits, as its status shows it: a standing state. What the data say changes with every look, and follower runs begin without any; neither ends a
/// wait nor
/// begins another one.
/// </summary>
internal static class WaitingReasons
{
    // Longer than an alert needs to fire.
    private static readonly TimeSpan ShownFor = TimeSpan.FromMinutes(5);

    /// <summary>Whether a reason comes from what the data say or lack, and not from a user or a policy.</summary>
    public static bool IsOfData(string reason) => reason is "noData" or "queryError" or "tooLittleTraffic" or "trafficShare" or "inBetween" or "bothWorse";

    /// <summary>The reason to show next: one that comes from the data stays for a while before another one from the data replaces it.</summary>
    /// <param name="shown">The reason that is shown.</param>
    /// <param name="shownAt">When it was written; null where that is not known.</param>
    /// <param name="reason">The present reason.</param>
    /// <param name="clock">The instant of the decision.</param>
    public static string Next(string shown, DateTimeOffset? shownAt, string reason, GateClock clock)
    {
        if (shown == reason || !IsOfData(shown) || !IsOfData(reason)) return reason;
        return clock.HasCome((shownAt ?? clock.Stamp) + ShownFor) ? reason : shown;
    }

    /// <summary>
    /// What a gate that is not at its deadline continues to wait for: until a follower has looked, what its predecessor lacked is still lacking. Empty for
    /// nothing.
    /// </summary>
    /// <param name="before">The gate by the last decision.</param>
    /// <param name="run">The run that judges; null before one is there.</param>
    /// <param name="deadline">The gate's deadline.</param>
    public static string Kept(GateStatus? before, AnalysisRunObservation? run, DateTimeOffset deadline)
    {
        if (before is not { Observes: false } || before.Deadline != deadline || !IsOfData(before.WaitingReason)) return "";
        return run?.Verdict?.Reason is null or VerdictReason.NoData or VerdictReason.QueryError or VerdictReason.MissingSeries or VerdictReason.Stale ? before.WaitingReason : "";
    }
}
