using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

namespace CanaryAnalyzer.Core.Gates;

/// <summary>The instants of a judged pause.</summary>
internal static class GateTiming
{
    private static readonly TimeSpan ShortestAge = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestStretch = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(10);

    /// <summary>When an undecided pause is handed to the policy: after the pause's duration, else the policy's, or a comparison's own where that is earlier.</summary>
    public static DateTimeOffset Deadline(PolicyObservation policy, CanaryStep.Pause pause, DateTimeOffset begun)
    {
        var length = pause.Duration ?? policy.Spec!.MaxDuration;
        if (policy.ComparisonMaxDuration is { } own && own < length) length = own;
        return KubernetesTime.RoundUp(begun + length);
    }

    /// <summary>When the policy may promote at the earliest; null without a comparison.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="begun">When the run began.</param>
    /// <param name="deadline">When the pause's time is up, for which a comparison may wait.</param>
    /// <param name="isLastPause">Whether no other pause follows.</param>
    public static DateTimeOffset? Earliest(PolicyObservation policy, DateTimeOffset begun, DateTimeOffset deadline, bool isLastPause)
    {
        if (policy.ComparisonMinDuration is not { } shortest) return null;
        var earliest = KubernetesTime.RoundUp(begun + shortest);
        var waitsForEnd = policy.PromotesAtEnd || (policy.PromotesByDefault && isLastPause);
        return waitsForEnd && deadline > earliest ? deadline : earliest;
    }

    /// <summary>When a stretch without a judged pause gets a run of its own: a stretch shorter than a look would show nothing.</summary>
    public static TimeSpan WatchAfter(PolicyObservation policy) => policy.ComparisonInterval is { } interval && interval > ShortestStretch ? interval : ShortestStretch;

    /// <summary>When a run that looked on and ended without a result is followed by another one.</summary>
    public static DateTimeOffset WatchAgain(AnalysisRunObservation run) => (run.CompletedAt ?? run.CreatedAt) + LongestRetry;

    /// <summary>How long a run that ended without a result is followed by no other.</summary>
    /// <param name="attempts">How many runs there were at this pause.</param>
    public static TimeSpan RetryAfter(int attempts)
    {
        var wait = FirstRetry * Math.Pow(2, Math.Clamp(attempts - 1, 0, 10));
        return wait < LongestRetry ? wait : LongestRetry;
    }

    /// <summary>When a success that could not be acted on is too old to be acted on later.</summary>
    public static DateTimeOffset Stale(PolicyObservation policy, AnalysisRunObservation run) => (run.CompletedAt ?? run.CreatedAt) + FreshFor(policy);

    /// <summary>How long what was seen is new enough to promote on.</summary>
    public static TimeSpan FreshFor(PolicyObservation policy)
    {
        var age = (policy.ComparisonInterval ?? TimeSpan.Zero) * 3;
        return age > ShortestAge ? age : ShortestAge;
    }

    /// <summary>Whether a lack of data has lasted, and is more than one scrape that was missed. A run that has not looked yet has lacked data since it began.</summary>
    public static bool IsLasting(DecisionDraft draft, PolicyObservation policy, AnalysisRunObservation run)
    {
        if (run.IsCompleted) return true;
        var lasting = (run.Verdict?.LookedAt ?? run.CreatedAt) + ((policy.ComparisonInterval ?? TimeSpan.Zero) * 4) + ShortestAge;
        if (lasting > draft.Now) draft.LookAgain(lasting);
        return lasting <= draft.Now;
    }

    /// <summary>Whether a comparison's next look should long have been in: its query hangs.</summary>
    public static bool IsOverdue(DecisionDraft draft, PolicyObservation policy, AnalysisRunObservation run)
    {
        if (run.IsCompleted || policy.ComparisonInterval is null || run.NextLookAt is not { } next) return false;
        var overdue = KubernetesTime.RoundUp(next + LookGrace(policy));
        if (overdue > draft.Now) draft.LookAgain(overdue);
        return overdue <= draft.Now;
    }

    /// <summary>
    /// Whether looks of the time before the deadline may still come in, as after a restart: what they say counts, so the policy does not act on what lacks them. They are not
    /// waited for without end.
    /// </summary>
    public static bool IsCatchingUp(DecisionDraft draft, AnalysisRunObservation run, DateTimeOffset deadline)
    {
        if (run.IsCompleted || !(run.NextLookAt <= draft.Now) || run.Verdict?.LookedAt >= deadline || draft.Now >= deadline + LongestCatchUp) return false;
        draft.LookAgain(deadline + LongestCatchUp);
        return true;
    }

    /// <summary>
    /// Whether the deadline has come and the look that belongs to it is in; that look comes one scrape later, and is waited for no longer than
    /// <see cref="LookGrace"/>. Once an undecided pause was handed over it stays so until something decides, whatever the looks since wait for.
    /// </summary>
    public static bool IsUndecided(DecisionDraft draft, PolicyObservation policy, AnalysisRunObservation run, DateTimeOffset deadline)
    {
        var grace = policy.ComparisonInterval is null ? deadline : deadline + LookGrace(policy);
        var hasLastLook = draft.Now >= deadline && run.Verdict?.LookedAt >= deadline;
        var wasHandedOver = draft.Now >= deadline && draft.Status.Gate is { Observes: false } gate && gate.Deadline == deadline && WaitingReasons.IsOfData(gate.WaitingReason);
        if (hasLastLook || wasHandedOver || draft.Now >= grace) return true;
        draft.LookAgain(draft.Now < deadline ? deadline : grace);
        return false;
    }

    private static TimeSpan LookGrace(PolicyObservation policy) => ((policy.ComparisonInterval ?? TimeSpan.Zero) * 2) + TimeSpan.FromSeconds(10);
}
