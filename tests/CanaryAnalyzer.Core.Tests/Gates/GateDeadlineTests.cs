using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Gates;
using CanaryAnalyzer.Core.Policies;
using static CanaryAnalyzer.Core.Tests.Gates.GateWorld;

namespace CanaryAnalyzer.Core.Tests.Gates;

/// <summary>What becomes of a pause that its run does not decide.</summary>
public sealed class GateDeadlineTests
{
    private static readonly GateStatus Judging = new() { Policy = "web", Deadline = At(600) };
    private static readonly PolicyObservation Aborting =
        Comparison.On(UndecidedReason.InBetween, GateAction.Abort).On(UndecidedReason.QueryError, GateAction.Abort);

    [Theory]
    [InlineData(VerdictReason.TooLittleTraffic, UndecidedReason.TooLittleTraffic, "tooLittleTraffic")]
    [InlineData(VerdictReason.NoData, UndecidedReason.NoData, "noData")]
    [InlineData(VerdictReason.WarmingUp, UndecidedReason.NoData, "noData")]
    [InlineData(VerdictReason.QueryError, UndecidedReason.QueryError, "queryError")]
    [InlineData(VerdictReason.TrafficShare, UndecidedReason.TrafficShare, "trafficShare")]
    [InlineData(VerdictReason.InBetween, UndecidedReason.InBetween, "inBetween")]
    [InlineData(VerdictReason.AwaitingEnd, UndecidedReason.InBetween, "inBetween")]
    [InlineData(VerdictReason.BothWorse, UndecidedReason.InBetween, "bothWorse")]
    public void At_the_deadline_the_policy_acts_by_the_reason(VerdictReason verdict, UndecidedReason reason, string shown)
    {
        var facts = Facts.Under(Comparison).Following(Run().Saying(verdict, at: 600)) with { Status = Judging };
        var waits = Decide(facts, 601);
        var aborts = Decide(facts.Under(Comparison.On(reason, GateAction.Abort)), 1200);

        Assert.Equal((GateOutcome.Wait, shown, null), (waits.Outcome, waits.Status!.WaitingReason, waits.Begin));
        Assert.Equal((GateOutcome.Abort, true), (aborts.Outcome, aborts.EndsRunLater));
    }

    [Fact]
    public void The_look_that_belongs_to_the_deadline_is_waited_for()
    {
        var facts = Facts.Under(Aborting).Following(Run().Saying(VerdictReason.InBetween, at: 570)) with { Status = Judging };

        Assert.Equal((GateOutcome.Wait, At(600)), (Decide(facts, 599).Outcome, Decide(facts, 599).RequeueAt));
        Assert.Equal((GateOutcome.Wait, At(670)), (Decide(facts, 600).Outcome, Decide(facts, 600).RequeueAt));
        Assert.Equal(GateOutcome.Abort, Decide(facts, 670).Outcome);
    }

    [Fact]
    public void Looks_that_are_being_caught_up_are_waited_for_but_not_without_end()
    {
        var run = Run().Saying(VerdictReason.InBetween, at: 300) with { NextLookAt = At(330) };
        var facts = Facts.Under(Aborting).Following(run) with { Status = Judging };

        Assert.Equal((GateOutcome.Wait, At(1200)), (Decide(facts, 700).Outcome, Decide(facts, 700).RequeueAt));
        Assert.Equal(GateOutcome.Abort, Decide(facts, 1200).Outcome);
    }

    [Fact]
    public void A_query_that_hangs_is_an_error_of_the_query()
    {
        var facts = Facts.Under(Comparison).Following(Run().Saying(VerdictReason.InBetween, at: 570) with { NextLookAt = At(600) }) with { Status = Judging };

        Assert.Equal("queryError", Decide(facts, 670).Status!.WaitingReason);
    }

    [Fact]
    public void A_lack_of_data_aborts_only_when_it_lasts()
    {
        var policy = Comparison.On(UndecidedReason.NoData, GateAction.Abort);
        var facts = Facts.Under(policy).Following(Run().Saying(VerdictReason.NoData, at: 600)) with { Status = Judging };

        Assert.Equal((GateOutcome.Wait, At(750)), (Decide(facts, 601).Outcome, Decide(facts, 601).RequeueAt));
        Assert.Equal(GateOutcome.Abort, Decide(facts, 750).Outcome);
    }

    [Theory]
    [InlineData(2.0, 5.0, true, 1.0, GateOutcome.Promote)]
    [InlineData(6.0, 5.0, true, 1.0, GateOutcome.Wait)]
    [InlineData(null, 5.0, true, 1.0, GateOutcome.Wait)]
    [InlineData(2.0, null, true, 1.0, GateOutcome.Wait)]
    [InlineData(2.0, 5.0, false, 1.0, GateOutcome.Wait)]
    [InlineData(2.0, 5.0, true, 11.0, GateOutcome.Wait)]
    public void Too_little_traffic_promotes_within_what_the_policy_accepts(
        double? ratio, double? accepted, bool hasRequests, double evidence, GateOutcome outcome)
    {
        var policy = Comparison.On(UndecidedReason.TooLittleTraffic, GateAction.Promote).With(s => s with { AcceptUndetected = accepted });
        var run = Run().Saying(VerdictReason.TooLittleTraffic, at: 600, evidence, ratio, hasRequests);

        Assert.Equal(outcome, Decide(Facts.Under(policy).Following(run) with { Status = Judging }, 601).Outcome);
    }

    [Theory]
    [InlineData(VerdictReason.NoData, UndecidedReason.NoData)]
    [InlineData(VerdictReason.QueryError, UndecidedReason.QueryError)]
    [InlineData(VerdictReason.BothWorse, UndecidedReason.InBetween)]
    public void Nothing_is_promoted_without_data_or_while_both_got_worse(VerdictReason verdict, UndecidedReason reason)
    {
        var facts = Facts.Under(Comparison.On(reason, GateAction.Promote)).Following(Run().Saying(verdict, at: 600)) with { Status = Judging };

        Assert.Equal(GateOutcome.Wait, Decide(facts, 1200).Outcome);
    }

    [Fact]
    public void An_undecided_pause_that_was_handed_over_stays_so_whatever_the_looks_since_wait_for()
    {
        var facts = Facts.Under(Comparison).Following(Run().Saying(VerdictReason.InBetween, at: 600)) with { Status = Judging };
        var handed = Decide(facts, 601);
        var later = facts.After(handed, shownAt: 601) with { Runs = [Run().Saying(VerdictReason.TooLittleTraffic, at: 570)] };

        Assert.Equal(("inBetween", At(901)), (Decide(later, 602).Status!.WaitingReason, Decide(later, 602).RequeueAt));
        Assert.Equal(("tooLittleTraffic", handed.Status!.WaitingSince), (Decide(later, 901).Status!.WaitingReason, Decide(later, 901).Status!.WaitingSince));
        Assert.Single(Decide(later, 901).Events);
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(2, 120)]
    [InlineData(4, 480)]
    [InlineData(5, 600)]
    [InlineData(12, 600)]
    public void A_run_that_ended_without_a_result_is_followed_by_another_one_ever_later(int attempts, int delay)
    {
        var runs = Enumerable.Range(1, attempts).Select(i => Run(AnalysisPhase.Error, i, i, $"run-{i}")).ToList();
        var facts = Facts with { Runs = [.. runs], Followed = runs[^1].Name, FollowedBefore = runs[^1].Name, Status = Judging };
        var (before, after) = (Decide(facts, attempts + delay - 1), Decide(facts, attempts + delay));

        Assert.Equal((GateOutcome.Wait, "queryError"), (before.Outcome, before.Status!.WaitingReason));
        Assert.Equal((null, At(attempts + delay)), (before.Begin, before.RequeueAt));
        Assert.Equal((runs[^1].Name, At(600)), (after.Run?.Name, after.Begin?.Deadline));
    }

    [Fact]
    public void What_a_follower_that_has_not_looked_lacked_is_still_lacking()
    {
        var error = Decide(Facts.Following(Run(AnalysisPhase.Error, 0, 1)) with { Status = Judging }, 61);
        var follower = Facts.Following(Run(from: 61, name: "run-2")).After(error, shownAt: 1);

        Assert.Equal(("queryError", At(61)), (Decide(follower, 62).Status!.WaitingReason, Decide(follower, 62).Status!.WaitingSince));
        var looked = Facts.Following(Run(from: 61, name: "run-2").Saying(VerdictReason.MinDuration, at: 91)).After(error);
        Assert.Equal("", Decide(looked, 92).Status!.WaitingReason);
    }

    [Fact]
    public void An_error_is_no_evidence_of_harm()
    {
        var policy = Policy.On(UndecidedReason.QueryError, GateAction.Abort).On(UndecidedReason.InBetween, GateAction.Promote);

        Assert.Equal(GateOutcome.Wait, Decide(Facts.Under(policy).Following(Run(AnalysisPhase.Error, 0, 1)), 2).Outcome);
        Assert.Equal(GateOutcome.Promote, Decide(Facts.Under(policy).Following(Run(AnalysisPhase.Inconclusive, 0, 1)), 2).Outcome);
    }
}
