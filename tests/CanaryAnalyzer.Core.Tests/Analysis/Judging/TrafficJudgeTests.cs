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

    [Theory]
    [InlineData(0.5, 0.45, 400)]
    [InlineData(0.5, 0.4, 100)]
    [InlineData(0.1, 0.08, 400)]
    [InlineData(0.1, 0.08, 1000)]
    public void A_constant_wrong_share_is_hardly_ever_taken_for_mended(double expected, double actual, int requests)
    {
        var random = new Random(11);
        var mended = 0;
        for (var run = 0; run < 200; run++)
        {
            var stream = Alarmed(random, expected, actual, requests);
            var isMended = false;
            for (var look = 0; look < 240 && !isMended; look++)
                isMended = stream.Look(Good, Split(random, requests, actual, expected)).Report.Reason != VerdictReason.TrafficShare;
            mended += isMended ? 1 : 0;
        }

        Assert.InRange(mended, 0, 4);
    }

    [Theory]
    [InlineData(0.5, 0.45, 400, 16)]
    [InlineData(0.5, 0.4, 100, 16)]
    [InlineData(0.1, 0.08, 1000, 14)]
    [InlineData(0.5, 0.0, 100, 8)]
    [InlineData(0.2, 0.1, 300, 10)]
    [InlineData(0.5, 0.479, 3000, 16)]
    [InlineData(0.95, 0.9, 1000, 10)]
    public void A_mended_route_is_right_again_after_few_looks(double expected, double actual, int requests, int median)
    {
        var random = new Random(12);
        var looks = new List<int>();
        for (var run = 0; run < 100; run++)
        {
            var stream = Alarmed(random, expected, actual, requests);
            for (var look = 0; look < 10; look++)
                stream.Look(Good, Split(random, requests, actual, expected));
            var needed = 1;
            while (stream.Look(Good, Split(random, requests, expected, expected)).Report.Reason == VerdictReason.TrafficShare)
                needed++;
            looks.Add(needed);
        }

        looks.Sort();
        Assert.InRange(looks[50], 1, median);
        Assert.InRange(looks[90], 1, 4 * median);
    }

    [Fact]
    public void A_route_that_is_bent_to_the_other_side_stays_refused()
    {
        var random = new Random(13);
        for (var run = 0; run < 50; run++)
        {
            var stream = Alarmed(random, 0.5, 0, 400);
            for (var look = 0; look < 120; look++)
                Assert.Equal(VerdictReason.TrafficShare, stream.Look(Good, Split(random, 400, look < 10 ? 0.4 : 0.6, 0.5)).Report.Reason);
        }
    }

    [Fact]
    public void A_smaller_weight_asks_for_as_large_a_part_of_it()
    {
        // 3 points of 50% are 0.6 of 10%, and 9.5% is closer to 9.4% than to 10%.
        var random = new Random(14);
        var stream = Alarmed(random, 0.5, 0.47, 5000);
        var report = stream.Look(Good, Traffic(97, 903, 0.1)).Report;
        Assert.Equal(VerdictReason.TrafficShare, report.Reason);
        for (var look = 0; look < 60; look++)
            Assert.Equal(VerdictReason.TrafficShare, stream.Look(Good, Traffic(95, 905, 0.1)).Report.Reason);
    }

    [Fact]
    public void A_route_that_was_mended_just_now_is_called_not_yet_shown_to_be_right()
    {
        var stream = new Stream(WithTraffic);
        stream.Until(6, Good, Traffic(0, 400, 0.5));
        var result = stream.Look(Good, Traffic(200, 200, 0.5));
        Assert.Equal(VerdictReason.TrafficShare, result.Report.Reason);
        Assert.Contains("traffic 50% (200 of 400) of requests on canary in the last 30s, 50% expected, not yet shown to be right again; ", VerdictSentence.Of(result.Report) + "; ", StringComparison.Ordinal);
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

    [Fact]
    public void A_wrong_share_from_before_there_was_evidence_of_a_right_one_goes_on_as_wrong()
    {
        // Four looks of 500 in 10,000 requests, 10% expected.
        const string Old = "seq/3 BAAAAAAAAPD/AAAAAAAAAAAAAAFT2qt5ezBMqysE0A+amZmZmZm5P9APwLgCAAAAAAAAAAABmpmZmZmZqT/0A5BOWngAAAAAaWs8bvI4l+Q=";
        var options = WithTraffic with { Measures = [WithTraffic.Measures[1]] };
        Assert.True(JudgeState.TryRead(Old, options, out var state, out _));
        var wrong = SequentialJudge.Look(state!, new LookInput(5, TimeSpan.FromSeconds(150), [Traffic(5, 95, 0.1)]), options);
        Assert.Equal(VerdictReason.TrafficShare, wrong.Report.Reason);
        Assert.True(JudgeState.TryRead(wrong.State.Write(), options, out state, out _));
        var right = SequentialJudge.Look(state!, new LookInput(6, TimeSpan.FromSeconds(180), [Traffic(1000, 9000, 0.1)]), options);
        Assert.NotEqual(VerdictReason.TrafficShare, right.Report.Reason);
    }

    // A run without an end, up to the look that showed that the share is wrong.
    private static Stream Alarmed(Random random, double expected, double actual, int requests)
    {
        var stream = new Stream(WithTraffic with { MaxDuration = null, MinDuration = TimeSpan.FromDays(30) });
        while (stream.Look(Good, Split(random, requests, actual, expected)).Report.Reason != VerdictReason.TrafficShare)
            Assert.InRange(stream.Looks, 0, 2000);
        return stream;
    }

    private static MeasureCounts Split(Random random, long requests, double share, double expected = 0.5)
    {
        var canary = RandomCounts.Binomial(random, (int)requests, share);
        return Traffic(canary, requests - canary, expected);
    }

    private static MeasureCounts Traffic(long canary, long stable, double expected) => Stream.Counts(canary, 0, stable, 0) with { ExpectedShare = expected };
}
