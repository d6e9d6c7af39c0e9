using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>
/// Runs the progress deadline for a canary that had its pods and does not keep them: in a pause, or an analysis, where no progress is due, and over the moments in
/// which pods that crash again and again are available. The condition CanaryUnavailable began when the first pod was missing, and ends when none is; after a crash, or past the
/// deadline, when none was for a while.
/// </summary>
internal static class CanaryHealthRule
{
    private const string Unavailable = "PodsUnavailable";
    private const string Recovering = "PodsRecovering";

    // A container that crashes is started again after 5 minutes at the latest; one that ran longer than that counts as well.
    private static readonly TimeSpan LongestRecovery = TimeSpan.FromMinutes(5);

    public static void Apply(DecisionDraft draft)
    {
        var before = draft.Status.Condition(ConditionTypes.CanaryUnavailable);
        if (draft.IsAborted || draft.Status.IsFullyPromoted || draft.IsNewVersion || draft.IsRetry || draft.Stable is null || draft.Current is not { } current)
            ConditionRule.Drop(draft, ConditionTypes.CanaryUnavailable);
        else if (IsShort(draft, current)) Short(draft, current, before);
        else if (before is not null) Recover(draft, before);
    }

    /// <summary>Whether the canary's pods were missing, or came and went, for as long as the progress deadline.</summary>
    public static bool IsOverdue(DecisionDraft draft)
    {
        if (draft.Status.Condition(ConditionTypes.CanaryUnavailable) is not { } condition || End(draft, condition) > draft.Now) return false;
        return condition.Reason == Unavailable || ProgressRule.IsExceeded(draft.Seen.Status);
    }

    /// <summary>Why the canary lacks pods: how many there are where they came and went, and the worst of them; empty where nobody knows.</summary>
    public static string Cause(DecisionDraft draft)
    {
        var problem = draft.Seen.PodProblems.FirstOrDefault(p => p.Hash == draft.Current?.Hash)?.Describe() ?? "";
        if (draft.Current is not { } current || draft.Status.Condition(ConditionTypes.CanaryUnavailable) is not { } condition) return problem;
        var lasting = GoDuration.Format(TimeSpan.FromSeconds(Math.Floor((draft.Now - condition.LastTransitionTime).TotalSeconds)));
        return $"{Counts(draft, current)}, not continuously for {lasting}{(problem.Length > 0 ? $"; {problem}" : "")}";
    }

    private static void Short(DecisionDraft draft, ReplicaSetObservation current, RolloutCondition? before)
    {
        // A step that brings pods up has the deadline of its own, which every pod that comes up restarts; one that comes up again after a crash does not count.
        var isComingUp = draft.Spec.Strategy.ExpectsProgressAt(draft.Status.CurrentStepIndex) && !CrashesOf(draft).Any();
        if (isComingUp)
        {
            ConditionRule.Drop(draft, ConditionTypes.CanaryUnavailable);
            return;
        }

        var problem = draft.Seen.PodProblems.FirstOrDefault(p => p.Hash == current.Hash);
        var message = Counts(draft, current) + (problem is null ? "" : $"; {problem.Describe()}");
        Set(draft, Unavailable, message);
        var end = End(draft, draft.Status.Condition(ConditionTypes.CanaryUnavailable)!);
        if (end > draft.Now) draft.LookAgain(end);
    }

    private static void Recover(DecisionDraft draft, RolloutCondition before)
    {
        var since = before.Reason == Recovering ? before.LastUpdateTime : draft.Stamp;
        var end = CrashesOf(draft).Select(p => p.EndedAt).OfType<DateTimeOffset>().Append(since).Max() + Recovery(draft);
        var hasOnlyLackedPods = !CrashesOf(draft).Any() && !ProgressRule.IsExceeded(draft.Seen.Status);
        if (hasOnlyLackedPods || end <= draft.Now)
        {
            ConditionRule.Drop(draft, ConditionTypes.CanaryUnavailable);
            draft.MadeProgress = true;
            return;
        }

        Set(draft, Recovering, $"All canary pods are available; they count as recovered when they were for {GoDuration.Format(Recovery(draft))}");
        draft.LookAgain(end);
    }

    private static bool IsShort(DecisionDraft draft, ReplicaSetObservation current)
    {
        var wanted = Wanted(draft, current);
        return !draft.Spec.Strategy.Threshold.IsMet(wanted, Math.Min(current.Created, wanted), current.Available);
    }

    // While a user pauses the Rollout its canary is not scaled, whatever the step wants.
    private static int Wanted(DecisionDraft draft, ReplicaSetObservation current) => Math.Min(draft.Allocate().Goal.Canary, current.Desired);

    private static string Counts(DecisionDraft draft, ReplicaSetObservation current) => $"{Math.Min(current.Available, Wanted(draft, current))} of {Wanted(draft, current)} canary pods available";

    // A node reports a crash for as long as the pod lives; an old one says nothing about the present.
    private static IEnumerable<PodProblem> CrashesOf(DecisionDraft draft) => draft.Seen.PodProblems.Where(
        p => p.Kind == PodProblemKind.Crashed && p.Hash == draft.Current?.Hash && (p.EndedAt is null || p.EndedAt + Recovery(draft) > draft.Now));

    private static DateTimeOffset End(DecisionDraft draft, RolloutCondition condition) => condition.LastTransitionTime + draft.Spec.ProgressDeadline;

    private static TimeSpan Recovery(DecisionDraft draft) => draft.Spec.ProgressDeadline < LongestRecovery ? draft.Spec.ProgressDeadline : LongestRecovery;

    private static void Set(DecisionDraft draft, string reason, string message) =>
        draft.Status = ConditionRule.With(draft.Status, ConditionTypes.CanaryUnavailable, "True", reason, message, draft.Stamp);
}
