using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

/// <summary>The canary's share of requests against its weight: a wrong one forbids promotion, and is no harm.</summary>
public sealed class TrafficJudgeTests
{
    private static readonly MeasureCounts Good = Stream.Counts(3000, 0, 9000, 9);
    private static readonly JudgeOptions WithTraffic = Stream.Errors with
    {
        Measures = [.. Stream.Errors.Measures, new() { Name = "traffic", Kind = MeasureKind.Traffic, Required = false }],
    };

    [Fact]
    public void The_expected_share_promotes_as_if_it_werent_measured()
    {
        var result = new Stream(WithTraffic).Until(60, Good, Traffic(1000, 9000, 0.1));
        var alone = new Stream(Stream.Errors).Until(60, Good);
        Assert.Equal((JudgeVerdict.Promote, alone.Report.Look), (result.Verdict, result.Report.Look));
        Assert.Equal(alone.Report.LogEvidence, result.Report.LogEvidence);
    }

    [Fact]
    public void A_wrong_share_is_never_promoted_and_never_rolled_back()
    {
        var result = new Stream(WithTraffic).Until(60, Good, Traffic(500, 9500, 0.1));
        Assert.Equal((JudgeVerdict.Inconclusive, VerdictReason.TrafficShare), (result.Verdict, result.Report.Reason));
        Assert.Contains("nothing is promoted on them: traffic 5.0% (500 of 10,000) of requests on canary in the last 30s, 10% expected", VerdictSentence.Of(result.Report), StringComparison.Ordinal);
        Assert.Empty(result.Report.Culprits);
        Assert.Equal("the canary has to get the share of requests that its weight gives it", result.Report.WhatWouldChange);
    }

    [Fact]
    public void Harm_is_rolled_back_although_the_share_is_wrong() =>
        Assert.Equal(JudgeVerdict.Rollback, new Stream(WithTraffic).Until(60, Stream.Counts(3000, 300, 9000, 9), Traffic(500, 9500, 0.1)).Verdict);

    [Fact]
    public void An_unknown_weight_is_no_data_and_hinders_nothing()
    {
        var result = new Stream(WithTraffic).Until(60, Good, Stream.Counts(500, 0, 9500, 0));
        Assert.Equal(JudgeVerdict.Promote, result.Verdict);
        Assert.False(result.Report.Measures[1].HasData);
    }

    [Fact]
    public void A_change_of_the_weight_is_no_evidence()
    {
        var stream = new Stream(WithTraffic);
        stream.Until(5, Good, Traffic(1000, 9000, 0.1));
        var result = stream.Until(60, Good, Traffic(5000, 5000, 0.5));
        Assert.Equal(JudgeVerdict.Promote, result.Verdict);
        Assert.True(result.Report.Measures[1].LogEvidence < 0);
    }

    [Fact]
    public void A_random_share_is_refused_in_at_most_the_promised_share()
    {
        var random = new Random(8);
        var refused = 0;
        for (var run = 0; run < 300; run++)
        {
            var stream = new Stream(WithTraffic);
            var ever = false;
            for (var look = 0; look < 60; look++)
            {
                var canary = Enumerable.Range(0, 300).Count(_ => random.NextDouble() < 0.2);
                ever |= stream.Look(Good, Traffic(canary, 300 - canary, 0.2)).Report.Reason == VerdictReason.TrafficShare;
            }

            refused += ever ? 1 : 0;
        }

        // P(X > 8) = 0.4 % for X ~ Binomial(300, 1 %).
        Assert.InRange(refused, 0, 8);
    }

    [Fact]
    public void Alone_it_shows_neither_harm_nor_safety()
    {
        var options = WithTraffic with { Measures = [WithTraffic.Measures[1]] };
        var result = new Stream(options).Until(60, Traffic(1000, 9000, 0.1));
        Assert.Equal(JudgeVerdict.Inconclusive, result.Verdict);
        Assert.Equal(0, result.Report.LogEvidence);
    }

    [Theory]
    [InlineData(10000)]
    [InlineData(500)]
    public void A_mended_route_is_right_again_within_a_few_looks(long requests)
    {
        var random = new Random(9);
        for (var run = 0; run < 50; run++)
        {
            var stream = new Stream(WithTraffic);
            Assert.Equal(VerdictReason.TrafficShare, stream.Until(3, Good, Traffic(0, requests, 0.5)).Report.Reason);
            Assert.Equal(VerdictReason.TrafficShare, stream.Until(8, Good, Traffic(requests / 20, requests - (requests / 20), 0.5)).Report.Reason);

            // The look in which it is mended has some of both.
            stream.Look(Good, Traffic(requests / 4, requests - (requests / 4), 0.5));
            var report = stream.Look(Good, Split(random, requests, 0.5)).Report;
            while (report.Reason == VerdictReason.TrafficShare && stream.Looks < 40)
                report = stream.Look(Good, Split(random, requests, 0.5)).Report;
            Assert.NotEqual(VerdictReason.TrafficShare, report.Reason);
            Assert.InRange(stream.Looks, 10, 20);
        }
    }

    [Theory]
    [InlineData(0.45)]
    [InlineData(0.55)]
    [InlineData(0.0)]
    public void A_route_that_stays_wrong_stays_refused(double actual)
    {
        var random = new Random(10);
        for (var run = 0; run < 20; run++)
        {
            var stream = new Stream(WithTraffic with { MaxDuration = null });
            for (var look = 0; look < 60; look++)
            {
                var reason = stream.Look(Good, Split(random, 3000, actual)).Report.Reason;
                Assert.True(look < 10 || reason == VerdictReason.TrafficShare, $"run {run}, look {look}: {reason}");
            }
        }
    }

    [Fact]
    public void A_wrong_share_under_one_weight_is_forgotten_under_the_next_if_that_is_right()
    {
        var stream = new Stream(WithTraffic);
        Assert.Equal(VerdictReason.TrafficShare, stream.Until(4, Good, Traffic(500, 9500, 0.1)).Report.Reason);
        Assert.NotEqual(VerdictReason.TrafficShare, stream.Until(6, Good, Traffic(5000, 5000, 0.5)).Report.Reason);
    }

    [Fact]
    public void A_saved_state_goes_on_with_what_is_recent()
    {
        var stream = new Stream(WithTraffic);
        stream.Until(4, Good, Traffic(500, 9500, 0.1));
        Assert.True(JudgeState.TryRead(stream.State.Write(), WithTraffic, out var read, out _));
        var input = new LookInput(5, TimeSpan.FromSeconds(150), [Good, Traffic(1000, 9000, 0.1)]);
        Assert.Equal(stream.Look(Good, Traffic(1000, 9000, 0.1)).State.Write(), SequentialJudge.Look(read!, input, WithTraffic).State.Write());
    }

    private static MeasureCounts Split(Random random, long requests, double share)
    {
        var canary = RandomCounts.Binomial(random, (int)requests, share);
        return Traffic(canary, requests - canary, 0.5);
    }

    private static MeasureCounts Traffic(long canary, long stable, double expected) => Stream.Counts(canary, 0, stable, 0) with { ExpectedShare = expected };
}
