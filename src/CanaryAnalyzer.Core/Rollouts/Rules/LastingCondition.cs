using CanaryAnalyzer.Core.Rollouts.Decisions;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>
/// Conditions that are worth an event only once they have lasted. No flag says whether the event was emitted: a condition that was last written before it had lasted
/// has had none, and it is written when it has.
/// </summary>
internal static class LastingCondition
{
    /// <summary>How long a condition is true before it is worth an event.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(30);

    /// <summary>Sets a condition to true; its transition time is when its present reason began.</summary>
    /// <param name="draft">The decision so far.</param>
    /// <param name="type">The condition's type.</param>
    /// <param name="reason">Its reason; another one begins a new wait.</param>
    /// <param name="message">Its message.</param>
    /// <param name="isTold">Whether it is worth an event; otherwise nothing is due.</param>
    /// <returns>Whether it has lasted as of this reconcile, and not as of the one before.</returns>
    public static bool Set(DecisionDraft draft, string type, string reason, string message, bool isTold = true)
    {
        if (draft.Status.Condition(type) is { } other && other.Reason != reason)
            draft.Status = draft.Status with { Conditions = draft.Status.Conditions.Remove(other) };
        var before = draft.Status.Condition(type);
        var lastsFrom = (before?.LastTransitionTime ?? draft.Stamp) + Delay;
        var isDue = isTold && before is not null && before.LastUpdateTime < lastsFrom && draft.Now >= lastsFrom;
        draft.Status = ConditionRule.With(draft.Status, type, "True", reason, message, draft.Stamp, isRenewed: isDue);
        if (isTold && draft.Now < lastsFrom) draft.LookAgain(lastsFrom);
        return isDue;
    }
}
