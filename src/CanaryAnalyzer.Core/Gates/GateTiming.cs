using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Gates;

/// <summary>The instants of a pause that a policy judges.</summary>
internal sealed class GateTiming(PolicyObservation policy, GateClock clock)
{
    private static readonly TimeSpan ShortestAge = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromMinutes(10);

    private readonly TimeSpan interval = policy.ComparisonInterval ?? TimeSpan.Zero;

    /// <summary>How long what was seen is new enough to promote on.</summary>
    public TimeSpan FreshFor => interval * 3 > ShortestAge ? interval * 3 : ShortestAge;

    private TimeSpan LookGrace => (interval * 2) + TimeSpan.FromSeconds(10);

    /// <summary>
    /// When an undecided pause is handed to the policy: after the pause's duration, else the policy's, or a comparison's own where that is earlier.
    /// </summary>
    public DateTimeOffset Deadline(PauseFacts pause, DateTimeOffset begun)
    {
        var length = pause.Duration ?? policy.Spec!.MaxDuration;
        if (policy.ComparisonMaxDuration is { } own && own < length) length = own;
        return KubernetesTime.RoundUp(begun + length);
    }

    /// <summary>When the policy may promote at the earliest; null without a comparison.</summary>
    /// <param name="begun">When the run began.</param>
    /// <param name="deadline">When the pause's time is up, for which a comparison may wait.</param>
    /// <param name="isLastPause">Whether no other pause follows.</param>
    public DateTimeOffset? Earliest(DateTimeOffset begun, DateTimeOffset deadline, bool isLastPause)
    {
        if (policy.ComparisonMinDuration is not { } shortest) return null;
        var earliest = KubernetesTime.RoundUp(begun + shortest);
        var waitsForEnd = policy.PromotesAtEnd || (policy.PromotesByDefault && isLastPause);
        return waitsForEnd && deadline > earliest ? deadline : earliest;
    }

    /// <summary>How long a run that ended without a result is followed by no other: a minute, then twice as long each time, up to ten.</summary>
    /// <param name="attempts">How many runs there were at this pause.</param>
    public static TimeSpan RetryDelay(int attempts)
    {
        var wait = FirstRetry * Math.Pow(2, Math.Clamp(attempts - 1, 0, 10));
        return wait < LongestRetry ? wait : LongestRetry;
    }

    /// <summary>When a success that could not be acted on is too old to be acted on later.</summary>
    public DateTimeOffset StaleAt(AnalysisRunObservation run) => (run.CompletedAt ?? run.CreatedAt) + FreshFor;

    /// <summary>
    /// Whether a lack of data has lasted, and is more than one scrape that was missed. A run that has not looked yet has lacked data since it began.
    /// </summary>
    public bool IsLasting(AnalysisRunObservation run) =>
        run.IsCompleted || clock.HasCome((run.Verdict?.LookedAt ?? run.CreatedAt) + (interval * 4) + ShortestAge);

    /// <summary>Whether a comparison's next look should long have been in: its query hangs.</summary>
    public bool IsOverdue(AnalysisRunObservation run) =>
        !run.IsCompleted && policy.ComparisonInterval is not null && run.NextLookAt is { } next && clock.HasCome(KubernetesTime.RoundUp(next + LookGrace));

    /// <summary>
    /// Whether looks of the time before the deadline may still come in, as after a restart: what they say counts, so the policy does not act on what lacks
    /// them. They
    /// are not waited for without end.
    /// </summary>
    public bool IsCatchingUp(AnalysisRunObservation run, DateTimeOffset deadline)
    {
        var end = deadline + LongestCatchUp;
        if (run.IsCompleted || !(run.NextLookAt <= clock.Now) || run.Verdict?.LookedAt >= deadline || clock.Now >= end) return false;
        clock.Requeue(end);
        return true;
    }

    /// <summary>
    /// Whether the deadline has come and the look that belongs to it is in; that look comes one scrape later, and is waited for no longer than a grace of two
    /// intervals and 10s. Once an undecided pause was handed over it stays so until something decides, whatever the looks since wait for.
    /// </summary>
    /// <param name="run">The run that judges.</param>
    /// <param name="deadline">The deadline.</param>
    /// <param name="before">The gate by the last decision.</param>
    public bool IsUndecided(AnalysisRunObservation run, DateTimeOffset deadline, GateStatus? before)
    {
        var grace = policy.ComparisonInterval is null ? deadline : deadline + LookGrace;
        var isPast = clock.Now >= deadline;
        var hasLastLook = isPast && run.Verdict?.LookedAt >= deadline;
        var wasHandedOver = isPast && before is { Observes: false } && before.Deadline == deadline && WaitingReasons.IsOfData(before.WaitingReason);
        if (hasLastLook || wasHandedOver || clock.Now >= grace) return true;
        clock.Requeue(isPast ? grace : deadline);
        return false;
    }
}
