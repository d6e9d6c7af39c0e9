using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>A release from its first pass to its end: the chain of its judged runs, and the record of what became of it.</summary>
internal static class ReleaseRule
{
    private const int KeptWeights = 12;
    private const int KeptDecisions = 5;

    /// <summary>Begins a release with its version or a retry, and notes what people decided over the judge's head.</summary>
    public static void Open(DecisionDraft draft)
    {
        if (draft.Stable is null || draft.IsAborted || draft.Status.IsFullyPromoted) return;
        var release = draft.Status.Release ?? new ReleaseStatus { StartedAt = draft.Stamp, Anew = draft.IsRetry ? "the update was retried" : "" };
        draft.Status = draft.Status with { Release = draft.Status.PromoteFull ? release with { Run = null } : release };
        if (draft.Status.PromoteFull) Overrule(draft, "a person promoted all the rest at once");
        else if (IsGateOverruled(draft)) OverruleGate(draft);
    }

    /// <summary>A run goes on with the release's evidence from here on.</summary>
    public static void Follow(DecisionDraft draft, string run, string policy, bool isPause)
    {
        if (draft.Status.Release is not { } release) return;
        draft.Status = draft.Status with
        {
            Release = release with
            {
                LastRun = run,
                LastPolicy = policy,
                LastPauseRun = isPause ? run : release.LastPauseRun,
                Anew = run == release.LastRun ? release.Anew : "",
            },
        };
    }

    /// <summary>The run from which the release's next one goes on, or why it begins a new budget.</summary>
    public static (string Continues, string Anew) Predecessor(DecisionDraft draft, string policy)
    {
        if (draft.Status.Release is not { } release) return ("", "");
        if (release.Anew.Length > 0 || release.LastRun.Length == 0) return ("", release.Anew);
        if (release.LastPolicy != policy) return ("", $"PromotionPolicy {release.LastPolicy} judged before");
        if (draft.Seen.Runs.All(r => r.Name != release.LastRun))
            draft.Warn("EvidenceLost", $"AnalysisRun {release.LastRun}, from which the next one would go on, is gone: its evidence of harm is lost");
        return (release.LastRun, "");
    }

    /// <summary>What the judge gathered so far counts no longer, because a person decided otherwise.</summary>
    public static void Overrule(DecisionDraft draft, string what)
    {
        var release = draft.Status.Release!;
        var known = release.Overruled.Contains(what) ? release.Overruled : [.. release.Overruled.TakeLast(KeptDecisions - 1), what];
        draft.Status = draft.Status with { Release = release with { Overruled = known, Anew = release.LastRun.Length > 0 ? what : "" } };
    }

    /// <summary>Ends a release that was promoted, aborted or left for another version, and writes down what became of it.</summary>
    public static void Close(DecisionDraft draft)
    {
        if (draft.IsNewVersion && draft.Seen.Status is { Release: { } left } before)
            Record(draft, new ReleaseRecord { Release = left, Hash = before.CurrentPodHash, Outcome = "Superseded", By = "newVersion", Message = Successor(draft) });
        if (draft.Status.Release is null) return;
        NoteStep(draft);
        if (!draft.Status.IsFullyPromoted) NoteWeight(draft);
        if (!draft.IsAborted && !draft.Status.IsFullyPromoted) return;
        var release = draft.Status.Release;
        var aborted = AbortRule.AbortMessage(draft.Revision, draft.AbortDetail);
        Record(draft, new ReleaseRecord
        {
            Release = release,
            Hash = draft.Status.CurrentPodHash,
            Outcome = draft.IsAborted ? "Aborted" : "Promoted",
            By = draft.IsAborted ? draft.AbortedBy : Promoter(draft, release),
            Message = draft.IsAborted ? aborted : $"Rollout completed update to revision {draft.Revision}",
        });
        draft.Status = draft.Status with { Release = null };
        draft.LookAgain(draft.Now);
    }

    private static string Successor(DecisionDraft draft) =>
        draft.Status.IsFullyPromoted ? "The stable version is wanted again" : $"Revision {draft.Revision} is wanted instead";

    private static string Promoter(DecisionDraft draft, ReleaseStatus release)
    {
        if (!release.Overruled.IsEmpty) return "person";
        var isEnforced = draft.Seen.Policies.Any(p => p.Name == release.LastPolicy && p.Spec?.Mode == PolicyMode.Enforce);
        return release.LastPauseRun.Length > 0 && isEnforced ? $"policy/{release.LastPolicy}" : "steps";
    }

    // The gate ends its pause and goes in one write: where the pause went alone, a person ended it.
    private static bool IsGateOverruled(DecisionDraft draft) =>
        draft.Status.Gate is { Observes: false, Deadline: not null } && draft.Status.PauseConditions.All(p => !p.IsStep);

    private static void OverruleGate(DecisionDraft draft)
    {
        var step = FollowedRun.Find(draft, draft.Status.StepRun)?.StepIndex;
        Overrule(draft, step is { } index ? $"a person promoted the judged pause of step {index + 1}" : "a person promoted a judged pause");
        draft.Status = draft.Status with { Gate = null };
    }

    private static void NoteStep(DecisionDraft draft)
    {
        var release = draft.Status.Release!;
        var step = draft.Status.CurrentStepIndex;
        if (release.Step != step) draft.Status = draft.Status with { Release = release with { Step = step, StepSince = step is null ? null : draft.Seen.ObservedAt ?? draft.Now } };
    }

    private static void NoteWeight(DecisionDraft draft)
    {
        var release = draft.Status.Release!;
        var weight = draft.Status.Weights?.Canary ?? 0;
        if (weight == (release.Weights.IsEmpty ? 0 : release.Weights[^1].Weight)) return;
        draft.Status = draft.Status with { Release = release with { Weights = [.. release.Weights.TakeLast(KeptWeights - 1), new WeightChange(weight, draft.Stamp)] } };
    }

    private static void Record(DecisionDraft draft, ReleaseRecord record)
    {
        if (draft.Seen.ReplicaSets.FirstOrDefault(r => r.Hash == record.Hash) is not { } version) return;
        var revision = version == draft.Current ? draft.Revision : version.Revision;
        draft.Do(new Effect.RecordRelease(version.Name, record.Write(version, revision, draft.Seen.Runs, draft.Stamp)));
    }
}
