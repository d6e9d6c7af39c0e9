using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Gates;
using CanaryAnalyzer.Core.Policies;
using CsCheck;
using static CanaryAnalyzer.Core.Tests.Gates.GateWorld;

namespace CanaryAnalyzer.Core.Tests.Gates;

/// <summary>A promotion that is on hold.</summary>
public sealed class HeldPromotionTests
{
    private static readonly HoldFacts Held = new(IsPaused: false, IsHalted: false, IsNamespaceHeld: true);

    public static TheoryData<bool, bool, bool, bool, string> Holds => new()
    {
        { true, true, true, true, "rolloutPaused" },
        { false, true, true, true, "inconclusiveAnalysis" },
        { false, false, true, true, "policySuspended" },
        { false, false, false, true, "namespaceHeld" },
    };

    [Theory]
    [MemberData(nameof(Holds))]
    public void A_hold_keeps_a_promotion_back_and_says_since_when_it_is_safe(bool isPaused, bool isHalted, bool isSuspended, bool isHeld, string reason)
    {
        var facts = Facts.Under(Policy.With(s => s with { Suspend = isSuspended })) with { Holds = new HoldFacts(isPaused, isHalted, isHeld) };
        var answer = Decide(facts.Following(Run(AnalysisPhase.Successful, 0, 60)), 61);

        Assert.Equal((GateOutcome.Wait, reason, At(60)), (answer.Outcome, answer.Status!.WaitingReason, answer.SafeSince));
        Assert.Equal($"PromotionPolicy web waits for a user: {reason}; safe to promote since 2026-01-01T00:01:00Z", Assert.Single(answer.Events).Message);
    }

    [Fact]
    public void While_a_comparison_is_held_another_run_continues_to_look_at_once_and_a_plain_one_when_it_is_stale()
    {
        var plain = Facts.Following(Run(AnalysisPhase.Successful, 0, 60)) with { Holds = Held };

        Assert.Equal(At(1861), Decide(plain.Under(Comparison), 61).Begin?.Deadline);
        Assert.Equal((null, At(90)), (Decide(plain, 61).Begin, Decide(plain, 61).RequeueAt));
        Assert.Equal(At(1890), Decide(plain, 90).Begin?.Deadline);
    }

    [Fact]
    public void A_success_that_waits_for_a_user_is_looked_at_again_when_it_is_stale()
    {
        var facts = Facts.Under(Comparison.With(s => s with { OnSuccessful = GateAction.Wait })).Following(Run(AnalysisPhase.Successful, 0, 60));

        Assert.Equal((null, At(150)), (Decide(facts, 61).Begin, Decide(facts, 61).RequeueAt));
        Assert.NotNull(Decide(facts, 150).Begin);
        Assert.Equal("onSuccessful", Decide(facts, 150).Status!.WaitingReason);
    }

    [Theory]
    [InlineData(VerdictReason.Safe, 595, 1, true, GateOutcome.Promote)]
    [InlineData(VerdictReason.MinDuration, 595, 1, true, GateOutcome.Promote)]
    [InlineData(VerdictReason.MinDuration, 500, 1, true, GateOutcome.Wait)]
    [InlineData(VerdictReason.MinDuration, 595, 1, false, GateOutcome.Wait)]
    [InlineData(VerdictReason.MinDuration, 595, 11, true, GateOutcome.Wait)]
    [InlineData(VerdictReason.SignOfHarm, 595, 1, true, GateOutcome.Wait)]
    [InlineData(VerdictReason.NoData, 595, 1, true, GateOutcome.Wait)]
    public void When_the_hold_ends_a_fresh_look_without_harm_promotes_on_the_success(
        VerdictReason reason, int at, double evidence, bool hasRequests, GateOutcome outcome)
    {
        var verdict = new JudgedVerdict("safe", VerdictReason.Safe, 2, 0.1, 100, At(60), null, true);
        var success = Run(AnalysisPhase.Successful, 0, 60) with { Verdict = verdict };
        var follower = Run(from: 61, name: "run-2").Saying(reason, at, evidence, hasRequests: hasRequests);
        var facts = (Facts.Under(Comparison) with { Runs = [success] }).Following(follower);
        var answer = Decide(facts, 600);

        var isPromoted = outcome == GateOutcome.Promote;
        Assert.Equal((outcome, isPromoted ? "run-1" : "", isPromoted), (answer.Outcome, answer.PromotedBy, answer.EndsRunLater));
        if (isPromoted) Assert.Equal([new GateEvent(GateEvent.VerdictPromote, "safe")], answer.Events);
    }

    [Fact]
    public void A_success_from_before_the_policy_was_edited_is_none()
    {
        var facts = (Facts.Under(Comparison) with { Runs = [Run(AnalysisPhase.Successful, 0, 60) with { Fingerprint = "before" }] })
            .Following(Run(from: 61, name: "run-2").Saying(VerdictReason.MinDuration, at: 595));

        Assert.Equal((GateOutcome.Wait, null), (Decide(facts, 600).Outcome, Decide(facts, 600).SafeSince));
    }

    [Fact]
    public void Any_facts_have_one_answer_and_nothing_is_promoted_in_spite_of_a_hold() =>
        AnyFacts.SampleFixed(
            sample =>
            {
                var (facts, seconds) = sample;
                var answer = Decide(facts, seconds);
                Assert.Equivalent(answer, Decide(facts, seconds), strict: true);
                Assert.True(answer.RequeueAt is null || answer.RequeueAt > At(seconds));
                if (answer.Outcome is GateOutcome.Promote or GateOutcome.Abort) Assert.NotNull(answer.Run);
                if (answer.Outcome != GateOutcome.Promote) return;
                Assert.Equal((new HoldFacts(false, false, false), false), (facts.Holds, facts.Policies.Single().Spec!.Suspend));
                Assert.NotEqual(AnalysisPhase.Failed, answer.Run!.Phase);
                Assert.True(answer.Run.Phase != AnalysisPhase.Error || answer.PromotedBy.Length > 0);
            },
            iter: 20_000,
            seed: 12);

    private static readonly VerdictReason[] Reasons = Enum.GetValues<VerdictReason>();

    private static readonly Gen<AnalysisRunObservation> AnyRun =
        from phase in Gen.Enum<AnalysisPhase>()
        from begun in Gen.Int[0, 900]
        from lasting in Gen.Int[0, 600]
        from reason in Gen.Int[0, Reasons.Length - 1]
        from at in Gen.Int[0, 900]
        from evidence in Gen.Double[0, 200]
        from flags in Gen.Int[0, 31]
        let run = Run(phase, begun, begun + lasting, $"run-{flags & 7}") with { IsTerminated = flags > 28, NextLookAt = (flags & 8) > 0 ? At(at) : null }
        select (flags & 16) > 0 ? run : run.Saying(Reasons[reason], at, evidence);

    private static readonly Gen<PolicyObservation> AnyPolicy =
        from onSuccessful in Gen.Enum<GateAction>()
        from onFailed in Gen.Bool
        from undecided in Gen.Enum<GateAction>().Array[5]
        from flags in Gen.Int[0, 7]
        let policy = undecided.Index().Aggregate((flags & 1) > 0 ? Comparison : Policy, (p, action) => p.On((UndecidedReason)action.Index, action.Item))
        select policy.With(s => s with { OnSuccessful = onSuccessful, OnFailed = onFailed ? GateAction.Abort : GateAction.Wait, Suspend = flags > 5 });

    private static readonly Gen<(GateFacts Facts, int Seconds)> AnyFacts =
        Gen.Select(AnyRun.Array[0, 4], AnyPolicy, Gen.Int[0, 15], Gen.Int[0, 3000]).Select(t =>
        {
            var runs = t.Item1.DistinctBy(r => r.Name).ToList();
            var facts = Facts.Under(t.Item2) with { Runs = [.. runs], Holds = new HoldFacts((t.Item3 & 7) == 1, (t.Item3 & 7) == 2, (t.Item3 & 7) == 3) };
            return ((t.Item3 & 8) > 0 && runs.Count > 0 ? facts with { Followed = runs[0].Name, FollowedBefore = runs[0].Name } : facts, t.Item4);
        });
}
