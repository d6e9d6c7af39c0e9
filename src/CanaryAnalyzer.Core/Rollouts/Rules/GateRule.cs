using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Gates;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Asks the gate at a pause of a Rollout, and carries its answer out.</summary>
internal static class GateRule
{
    /// <summary>Decides the present pause.</summary>
    /// <param name="draft">The decision so far.</param>
    /// <param name="pause">The pause.</param>
    /// <returns>The gate's answer, which is in the draft already but for the end of the pause.</returns>
    public static GateAnswer Apply(DecisionDraft draft, PauseFacts pause)
    {
        var answer = Gate.Decide(Facts(draft, pause), draft.Now);
        if (answer.RequeueAt is { } at) draft.LookAgain(at);
        (draft.PolicyProblem, draft.SafeSince, draft.EndsRunsLater) = (answer.Problem, answer.SafeSince, answer.EndsRunLater);
        draft.Status = draft.Status with
        {
            StepRun = answer.Run is { } run ? new AnalysisRunReference(run.Name, run.Phase, run.Message) : null,
            Gate = answer.Status,
            PauseConditions = answer.PauseBegunAt is { } begun
                ? [.. draft.Status.PauseConditions.Select(p => p.IsStep ? p with { StartTime = begun } : p)]
                : draft.Status.PauseConditions,
        };
        if (answer.Run is not null) ReleaseRule.Follow(draft, answer.Run.Name, answer.Policy, isPause: true);
        if (answer.Begin is { } begin) Begin(draft, pause, begin);
        foreach (var fact in answer.Events) draft.Tell(fact);
        if (answer.Outcome == GateOutcome.Abort) AbortRule.Abort(draft, answer.Detail, $"policy/{answer.Policy}");
        if (answer.PromotedBy.Length > 0 && draft.Status.Release is { } release)
            draft.Status = draft.Status with { Release = release with { LastPauseRun = answer.PromotedBy } };
        return answer;
    }

    private static GateFacts Facts(DecisionDraft draft, PauseFacts pause) => new()
    {
        Pause = pause,
        Version = draft.Status.CurrentPodHash,
        Policies = draft.Seen.Policies,
        Holds = new HoldFacts(draft.Spec.Paused, draft.IsHalted, draft.Seen.IsNamespaceHeld),
        Runs = draft.Seen.Runs,
        Followed = draft.Status.StepRun?.Name,
        FollowedBefore = draft.Seen.Status.StepRun?.Name,
        Status = draft.Status.Gate,
        ReasonShownAt = draft.Seen.Status.Condition(ConditionTypes.WaitingForHuman)?.LastUpdateTime,
    };

    private static void Begin(DecisionDraft draft, PauseFacts pause, RunRequest request)
    {
        var policy = request.Policy;
        var (continues, anew) = ReleaseRule.Predecessor(draft, policy.Name);
        var reference = RunRule.AdoptOrCreate(draft, RunRule.Wanted(draft, policy.Spec!.Analysis, AnalysisRunKind.Pause, pause.Step) with
        {
            Fingerprint = policy.Fingerprint,
            Policy = policy.Name,
            Deadline = request.Deadline,
            Continues = continues,
            Anew = anew,
            IsLastPause = pause.IsLast,
        });
        draft.Status = draft.Status with { StepRun = reference };
        ReleaseRule.Follow(draft, reference.Name, policy.Name, isPause: true);
    }
}
