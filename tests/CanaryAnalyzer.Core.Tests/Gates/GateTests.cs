using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Gates;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Values;
using static CanaryAnalyzer.Core.Tests.Gates.GateWorld;

namespace CanaryAnalyzer.Core.Tests.Gates;

public sealed class GateTests
{
    private static readonly GateStatus Judging = new() { Policy = "web", Deadline = At(1800) };

    [Fact]
    public void Without_a_policy_the_pause_is_as_it_is()
    {
        var answer = Decide(Facts.Under(), 10);

        Assert.Equivalent(new GateAnswer { Outcome = GateOutcome.Ungated }, answer, strict: true);
    }

    [Fact]
    public void Time_under_a_judge_counts_for_nothing_without_one()
    {
        Assert.Equal(At(10), Decide(Facts.Under() with { Status = Judging }, 10).PauseBegunAt);
        Assert.Null(Decide(Facts.Under() with { Status = Judging with { Observes = true } }, 10).PauseBegunAt);
        Assert.Equal(At(10), Decide(Facts.Under(Policy.With(s => s with { Mode = PolicyMode.Observe })) with { Status = Judging }, 10).PauseBegunAt);
    }

    [Fact]
    public void Of_two_policies_none_acts_and_a_user_is_waited_for()
    {
        var facts = Facts.Under(Policy, Policy with { Name = "other" });
        var first = Decide(facts, 10);
        var second = Decide(facts.After(first), 20);

        const string Message = "PromotionPolicies web and other both select this Rollout; neither applies until only one does";
        Assert.Equal((GateOutcome.Wait, "policyConflict", At(10)), (first.Outcome, first.Status!.WaitingReason, first.Status.WaitingSince));
        Assert.Equal(new GateProblem(GateProblem.Conflict, Message), first.Problem);
        Assert.Equal([new GateEvent(GateProblem.Conflict, Message, IsWarning: true)], first.Events);
        Assert.Null(first.Begin);
        Assert.Empty(second.Events);
        Assert.Equal(At(10), second.Status!.WaitingSince);
        var three = Decide(facts.Under(Policy, Policy, Policy), 10).Problem!.Message;
        Assert.Equal("PromotionPolicies web, web and web all select this Rollout; none applies until only one does", three);
    }

    [Fact]
    public void Runs_from_before_a_problem_do_not_speak_after_it()
    {
        var facts = Facts.Following(Run(AnalysisPhase.Successful, 0, 5));
        var answer = Decide(facts.Under(Policy with { Errors = [new SpecError("spec.templates[0]", "is missing")] }), 10);

        Assert.Equal((GateOutcome.Wait, "policyInvalid", At(12)), (answer.Outcome, answer.Status!.WaitingReason, answer.PauseBegunAt));
        Assert.Equal("PromotionPolicy web cannot act: spec.templates[0]: is missing", answer.Problem!.Message);
        Assert.Null(answer.Run);
        Assert.NotNull(Decide(facts with { Pause = facts.Pause with { BegunAt = At(12) }, Followed = null, FollowedBefore = null }, 12).Begin);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void A_policy_that_observes_and_cannot_judge_leaves_the_pause_alone(bool observed, bool isKept)
    {
        var broken = Policy.With(s => s with { Mode = PolicyMode.Observe }) with { Errors = [new SpecError("spec", "is wrong")] };
        var before = Judging with { Observes = observed };
        var answer = Decide(Facts.Under(broken) with { Status = before }, 10);

        Assert.Equal((GateOutcome.Ungated, isKept ? before : null, isKept ? null : At(10)), (answer.Outcome, answer.Status, answer.PauseBegunAt));
        Assert.Equal(GateProblem.Invalid, answer.Problem?.Reason);
    }

    [Theory]
    [InlineData(null, null, 1800)]
    [InlineData(600, null, 600)]
    [InlineData(null, 300, 300)]
    [InlineData(600, 900, 600)]
    public void A_pause_begins_one_run_with_the_earliest_deadline(int? duration, int? own, int deadline)
    {
        var pause = Facts.Pause with { Duration = Seconds(duration) };
        var answer = Decide(Facts.Under(Policy with { ComparisonMaxDuration = Seconds(own) }) with { Pause = pause }, 0.5);

        Assert.Equal((GateOutcome.Wait, "", null), (answer.Outcome, answer.Status!.WaitingReason, answer.Run));
        Assert.Equal(At(deadline + 1), answer.Begin!.Deadline);
        Assert.Equal(At(deadline + 1), answer.Status.Deadline);
        Assert.Empty(answer.Events);
    }

    [Fact]
    public void A_run_at_work_is_followed_and_the_deadline_stays()
    {
        var comparison = Comparison with { ComparisonMinDuration = TimeSpan.FromMinutes(5) };
        var run = Run(from: 1).Saying(VerdictReason.InBetween, at: 90);
        var facts = Facts.Under(comparison).Following(run) with { Status = Judging with { Deadline = At(700) } };
        var answer = Decide(facts, 100);

        Assert.Equal((GateOutcome.Wait, "run-1", null), (answer.Outcome, answer.Run?.Name, answer.Begin));
        Assert.Equal((3, 1.0, 100.0), (answer.Status!.Look, answer.Status.Evidence, answer.Status.Threshold));
        Assert.Equal((At(301), At(700)), (answer.Status.Earliest, answer.Status.Deadline));
        Assert.Equal(At(700), answer.RequeueAt);
        Assert.Equal(At(700), Decide(facts.Under(comparison with { PromotesAtEnd = true }), 100).Status!.Earliest);
        var byDefault = facts.Under(comparison with { PromotesByDefault = true });
        Assert.Equal(At(700), Decide(byDefault, 100).Status!.Earliest);
        Assert.Equal(At(301), Decide(byDefault with { Pause = facts.Pause with { IsLast = false } }, 100).Status!.Earliest);
    }

    [Fact]
    public void A_success_promotes()
    {
        var answer = Decide(Facts.Following(Run(AnalysisPhase.Successful, 0, 60).Saying(VerdictReason.Safe)), 61);

        Assert.Equal((GateOutcome.Promote, "", null), (answer.Outcome, answer.PromotedBy, answer.Status));
        Assert.Equal([new GateEvent(GateEvent.VerdictPromote, "errors as usual")], answer.Events);
        Assert.False(answer.EndsRunLater);
    }

    [Fact]
    public void A_success_without_proof_or_by_termination_promotes_nothing()
    {
        var success = Run(AnalysisPhase.Successful, 0, 60);
        Assert.All([success with { ProvesSuccess = false }, success with { IsTerminated = true }], run =>
        {
            var answer = Decide(Facts.Following(run), 61);
            Assert.Equal((GateOutcome.Wait, "noData"), (answer.Outcome, answer.Status!.WaitingReason));
        });
    }

    [Fact]
    public void A_failure_aborts_whatever_holds_promotions()
    {
        var held = Facts.Under(Policy.With(s => s with { Suspend = true })) with { Holds = new HoldFacts(true, true, true) };
        var answer = Decide(held.Following(Run(AnalysisPhase.Failed, 0, 60).Saying(VerdictReason.HarmShown)), 61);

        Assert.Equal((GateOutcome.Abort, "errors as usual", "web"), (answer.Outcome, answer.Detail, answer.Policy));
        Assert.Equal([new GateEvent(GateEvent.VerdictRollback, "errors as usual", IsWarning: true)], answer.Events);
        Assert.Equal("too many", Decide(Facts.Following(Run(AnalysisPhase.Failed, 0, 60) with { Message = "too many" }), 61).Detail);
        Assert.Equal("PromotionPolicy web: onFailed", Decide(Facts.Following(Run(AnalysisPhase.Failed, 0, 60)), 61).Detail);
    }

    [Theory]
    [InlineData(AnalysisPhase.Successful, "onSuccessful")]
    [InlineData(AnalysisPhase.Failed, "onFailed")]
    public void A_policy_may_leave_the_decision_to_a_user(AnalysisPhase phase, string reason)
    {
        var facts = Facts.Under(Policy.With(s => s with { OnSuccessful = GateAction.Wait, OnFailed = GateAction.Wait })).Following(Run(phase, 0, 60));
        var answer = Decide(facts, 61);

        Assert.Equal((GateOutcome.Wait, reason, At(61)), (answer.Outcome, answer.Status!.WaitingReason, answer.Status.WaitingSince));
        Assert.Equal([new GateEvent(GateEvent.WaitingForHuman, $"PromotionPolicy web waits for a user: {reason}")], answer.Events);
        Assert.Empty(Decide(facts.After(answer), 62).Events);
    }

    [Fact]
    public void A_policy_that_observes_says_once_what_it_would_have_done()
    {
        var facts = Facts.Under(Policy.With(s => s with { Mode = PolicyMode.Observe }));
        (AnalysisPhase Phase, string Text)[] all =
        [
            (AnalysisPhase.Successful, "promote"), (AnalysisPhase.Failed, "roll back"), (AnalysisPhase.Inconclusive, "wait"),
        ];
        Assert.All(all, expected =>
        {
            var following = facts.Following(Run(expected.Phase, 0, 60).Saying(VerdictReason.InBetween));
            var answer = Decide(following, 61);

            Assert.Equal((GateOutcome.Ungated, true), (answer.Outcome, answer.Status!.Observes));
            Assert.Equal(($"observed: would {expected.Text}", At(61)), (answer.Status.WaitingReason, answer.Status.WaitingSince));
            Assert.Equal([new GateEvent(GateEvent.VerdictObserved, $"PromotionPolicy web observed: would {expected.Text}. errors as usual")], answer.Events);
            Assert.Empty(Decide(following.After(answer), 62).Events);
        });
        Assert.Equal(("", null), (Decide(facts.Following(Run()), 5).Status!.WaitingReason, Decide(facts.Following(Run()), 5).Status!.WaitingSince));
    }

    [Fact]
    public void Runs_of_other_pauses_versions_and_purposes_are_passed_over()
    {
        AnalysisRunObservation[] others =
        [
            Run(AnalysisPhase.Successful, 0, 5) with { StepIndex = 3 }, Run(AnalysisPhase.Successful, 0, 5) with { PodHash = "v1" },
            Run(AnalysisPhase.Successful, 0, 5) with { Kind = AnalysisRunKind.Step }, Run(AnalysisPhase.Successful, -5, -2),
        ];
        Assert.All(others, other => Assert.NotNull(Decide(Facts with { Runs = [other] }, 10).Begin));
    }

    [Fact]
    public void A_changed_policy_begins_again()
    {
        var facts = Facts.Under(Policy with { Fingerprint = "b" }).Following(Run(AnalysisPhase.Successful, 0, 5)) with { Status = Judging };
        var answer = Decide(facts, 10);

        Assert.Equal((GateOutcome.Wait, null, At(1810)), (answer.Outcome, answer.Run, answer.Begin?.Deadline));
        Assert.Null(answer.SafeSince);
    }

    [Fact]
    public void A_run_of_a_reconcile_that_was_cut_off_is_found()
    {
        var unknown = Facts with { Runs = [Run(from: 1)] };
        Assert.Equal(("run-1", null), (Decide(unknown, 10).Run?.Name, Decide(unknown, 10).Begin));
        Assert.Equal(At(1801), Decide(unknown, 10).Status!.Deadline);

        var ended = Facts with { Runs = [Run(AnalysisPhase.Successful, 1, 5)] };
        Assert.Equal(GateOutcome.Promote, Decide(ended, 10).Outcome);
        Assert.NotNull(Decide(ended with { FollowedBefore = "run-0" }, 10).Begin);
        Assert.NotNull(Decide(Facts with { Runs = [Run(from: 1) with { IsTerminated = true }] }, 10).Begin);
    }

    private static TimeSpan? Seconds(int? seconds) => seconds is { } number ? TimeSpan.FromSeconds(number) : null;
}
