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
        Assert.Contains("traffic: canary 5 % of requests (30 000 of 600 000), expected 10 %", VerdictSentence.Of(result.Report), StringComparison.Ordinal);
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

    private static MeasureCounts Traffic(long canary, long stable, double expected) => Stream.Counts(canary, 0, stable, 0) with { ExpectedShare = expected };
}
