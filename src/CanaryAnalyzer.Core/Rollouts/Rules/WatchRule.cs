using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Gates;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>
/// Looks on for harm while the canary carries traffic and no judged pause is at work: between the pauses and after the last one. Never two runs at once, since
/// the release has one budget of false alarms.
/// </summary>
internal static class WatchRule
{
    private static readonly TimeSpan ShortestStretch = TimeSpan.FromSeconds(10);

    // After a run that ended without a result.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMinutes(10);

    /// <summary>Whether harm that was seen between the pauses takes the update back, whatever else is wrong.</summary>
    public static bool MustAbort(RolloutObservation seen) => Harm(seen, seen.Status.Release?.Run) is { Policy.Spec.OnFailed: GateAction.Abort };

    /// <summary>Acts on harm: rolls back, or holds the update for a person where the policy asks for that. Anything else that a run may come to stops nothing.</summary>
    public static void Judge(DecisionDraft draft)
    {
        if (draft.Status.Release is not { Run: { } reference } release || draft.IsAborted) return;
        if (reference.Phase == AnalysisPhase.Failed && !draft.IsHalted)
        {
            draft.Status = draft.Status with { Release = release with { Run = null } };
            ReleaseRule.Overrule(draft, "a person let the update go on in spite of harm");
            return;
        }

        var run = FollowedRun.Refresh(draft, reference);
        draft.Status = draft.Status with { Release = release with { Run = run } };
        if (Harm(draft.Seen, run) is not { } harm) return;
        if (reference.Phase != AnalysisPhase.Failed) draft.Tell(GateReport.Verdict(harm.Run, GateEvent.VerdictRollback));
        if (harm.Policy.Spec!.OnFailed == GateAction.Abort) AbortRule.Abort(draft, GateReport.Detail(harm.Run), $"policy/{harm.Policy.Name}");
        else if (!draft.IsHalted) UpdateHalt.Begin(draft);
    }

    /// <summary>Keeps one run at work for as long as it is needed.</summary>
    public static void Apply(DecisionDraft draft)
    {
        if (draft.Status.Release is not { } release) return;
        if (Acting(draft.Seen) is not { } policy || !IsNeeded(draft))
        {
            draft.Status = draft.Status with { Release = release with { Run = null, UnwatchedSince = null } };
            return;
        }

        var run = FollowedRun.Find(draft, release.Run);
        if (run?.Fingerprint != policy.Fingerprint) run = null;
        if (run is { IsCompleted: false } or { Phase: AnalysisPhase.Failed })
        {
            draft.Status = draft.Status with { Release = release with { UnwatchedSince = null } };
            return;
        }

        var since = release.UnwatchedSince ?? draft.Stamp;
        var begin = run is null ? since + FirstDelay(policy) : (run.CompletedAt ?? run.CreatedAt) + RetryDelay;
        draft.Status = draft.Status with { Release = release with { Run = run is null ? null : release.Run, UnwatchedSince = since } };
        if (begin > draft.Now) draft.LookAgain(begin);
        else Begin(draft, policy);
    }

    // A stretch that is shorter than a look would show nothing.
    private static TimeSpan FirstDelay(PolicyObservation policy) =>
        policy.ComparisonInterval is { } interval && interval > ShortestStretch ? interval : ShortestStretch;

    private static void Begin(DecisionDraft draft, PolicyObservation policy)
    {
        var (continues, anew) = ReleaseRule.Predecessor(draft, policy.Name);
        var reference = RunRule.AdoptOrCreate(draft, new Effect.CreateAnalysisRun
        {
            Name = $"{RunRule.Name(draft, null)}-release",
            Kind = AnalysisRunKind.Release,
            PodHash = draft.Status.CurrentPodHash,
            Revision = draft.Revision,
            Analysis = RunRule.WithValues(draft, policy.Spec!.Analysis, RunRule.Placeholders(draft)),
            Fingerprint = policy.Fingerprint,
            Policy = policy.Name,
            Continues = continues,
            Anew = anew,
        });
        ReleaseRule.Follow(draft, reference.Name, policy.Name, isPause: false);
        draft.Status = draft.Status with { Release = draft.Status.Release! with { Run = reference, UnwatchedSince = null } };
    }

    private static (PolicyObservation Policy, AnalysisRunObservation Run)? Harm(RolloutObservation seen, AnalysisRunReference? reference)
    {
        if (reference is null || Acting(seen) is not { } policy) return null;
        return seen.Runs.FirstOrDefault(r => r.Name == reference.Name) is { Phase: AnalysisPhase.Failed } run && run.Fingerprint == policy.Fingerprint ? (policy, run) : null;
    }

    private static PolicyObservation? Acting(RolloutObservation seen) =>
        seen.Policies is [{ Spec.Mode: PolicyMode.Enforce, Errors.IsEmpty: true, Watches: true } policy] ? policy : null;

    private static bool IsNeeded(DecisionDraft draft)
    {
        if (draft.IsAborted || draft.Status.IsFullyPromoted || draft.Status.PromoteFull || draft.Stable is null || draft.Current is null) return false;
        if (draft.Status.Weights is not { Canary: > 0 }) return false;
        return !IsPauseJudged(draft);
    }

    private static bool IsPauseJudged(DecisionDraft draft) => draft.Status.StepRun is { } run
        && (draft.Seen.Runs.Any(r => r.Kind == AnalysisRunKind.Pause && r.Name == run.Name)
            || draft.Effects.Any(e => e is Effect.CreateAnalysisRun { Kind: AnalysisRunKind.Pause } made && made.Name == run.Name));
}
