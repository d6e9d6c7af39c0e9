using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

/// <summary>A fixed limit for the canary's errors, whatever the stable side does.</summary>
public sealed class LimitJudgeTests
{
    private static readonly JudgeOptions Slo = new() { Measures = [new() { Name = "slo", Kind = MeasureKind.Limit, LimitMax = 0.05, Required = false }] };
    private static readonly JudgeOptions RequiredSlo = Slo with { Measures = [Slo.Measures[0] with { Required = true }] };

    [Fact]
    public void Above_the_limit_is_rolled_back_though_stable_is_as_bad()
    {
        var result = new Stream(Slo).Until(60, Stream.Counts(1000, 100, 9000, 900));
        Assert.Equal(JudgeVerdict.Rollback, result.Verdict);
        Assert.InRange(result.Report.Look, 2, 5);
        Assert.Matches(@"^rolled back at look \d+: slo 10% \([\d,]+ of [\d,]+\) on canary, limit 5%; ", VerdictSentence.Of(result.Report));
    }

    [Fact]
    public void It_needs_no_stable_side()
    {
        var alone = new MeasureCounts(SideCounts.OfErrors(1000, 100), SideCounts.None, SideCounts.None);
        Assert.Equal(JudgeVerdict.Rollback, new Stream(Slo).Until(60, alone).Verdict);
        var good = new Stream(RequiredSlo).Until(60, new MeasureCounts(SideCounts.OfErrors(1000, 1), SideCounts.None, SideCounts.None));
        Assert.Equal((JudgeVerdict.Promote, true), (good.Verdict, good.Report.HasMinRequests));
    }

    [Fact]
    public void At_the_limit_itself_it_is_neither_rolled_back_nor_promoted()
    {
        var result = new Stream(RequiredSlo).Until(60, Stream.Counts(1000, 50, 9000, 9));
        Assert.Equal((JudgeVerdict.Inconclusive, VerdictReason.InBetween), (result.Verdict, result.Report.Reason));
        Assert.Equal(1, result.Report.Measures[0].Ratio!.Value, 1e-9);
        Assert.InRange(result.Report.Measures[0].Low!.Value, 0.7, 1);
        Assert.InRange(result.Report.Measures[0].High!.Value, 1, 1.4);
    }

    [Fact]
    public void Too_few_requests_to_show_anything_are_called_so()
    {
        var result = new Stream(RequiredSlo with { MinRequests = 0 }).Until(60, new MeasureCounts(SideCounts.OfErrors(1, 0), SideCounts.None, SideCounts.None));
        Assert.Equal((JudgeVerdict.Inconclusive, VerdictReason.TooLittleTraffic), (result.Verdict, result.Report.Reason));
    }

    [Fact]
    public void A_canary_at_the_limit_is_rolled_back_in_at_most_the_promised_share()
    {
        var random = new Random(7);
        var rolledBack = 0;
        for (var run = 0; run < 300; run++)
        {
            var stream = new Stream(Slo);
            var result = stream.Look(Draw());
            while (result.Verdict == JudgeVerdict.Continue)
                result = stream.Look(Draw());
            rolledBack += result.Verdict == JudgeVerdict.Rollback ? 1 : 0;
        }

        // P(X > 8) = 0.4 % for X ~ Binomial(300, 1 %).
        Assert.InRange(rolledBack, 0, 8);

        MeasureCounts Draw() => new(SideCounts.OfErrors(200, Enumerable.Range(0, 200).Count(_ => random.NextDouble() < 0.05)), SideCounts.None, SideCounts.None);
    }

    [Fact]
    public void Not_required_it_doesnt_hinder_a_promotion()
    {
        var both = Stream.Errors with { Measures = [.. Stream.Errors.Measures, Slo.Measures[0]] };
        Assert.Equal(JudgeVerdict.Promote, new Stream(both).Until(60, Stream.Counts(3000, 0, 9000, 9), null).Verdict);
    }

    [Theory]
    [InlineData(0.05, 0.005, 0.12, 300)]
    [InlineData(0.02, 0.001, 0.06, 1000)]
    public void Harm_that_begins_in_the_middle_of_a_pair_is_found_as_soon_as_without_pairs(double limit, double before, double after, int requests)
    {
        foreach (var onset in new[] { 8, 9 })
            Assert.InRange(MedianDelay(JudgeVersions.Seq3, onset), 1, MedianDelay(JudgeVersions.Seq2, onset) + 2);

        int MedianDelay(string version, int onset)
        {
            var random = new Random(21);
            var options = Slo with { Version = version, MaxDuration = null, Measures = [Slo.Measures[0] with { LimitMax = limit }] };
            var delays = new List<int>();
            for (var run = 0; run < 100; run++)
            {
                var stream = new Stream(options);
                while (stream.Look(Draw(stream.Looks < onset ? before : after)).Verdict != JudgeVerdict.Rollback)
                    Assert.InRange(stream.Looks, 0, 200);
                delays.Add(stream.Looks - onset);
            }

            delays.Sort();
            return delays[50];

            MeasureCounts Draw(double share) => new(SideCounts.OfErrors(requests, RandomCounts.Binomial(random, requests, share)), SideCounts.None, SideCounts.None);
        }
    }

    [Fact]
    public void A_state_from_before_a_pair_was_left_out_goes_on()
    {
        // Five looks of 1,000 requests with 21 to 25 errors.
        const string Old = "seq/3 BQAAAAAAAPD/AAAAAAAAAAAAAAG77Eb8H4Y6M98CBYgnAIgncwAA6AcZAZAX4VZhgyzAa19rjJEuNsAGiYEpnQ9EwJ1PRZ6q2VPAFm90HeHmZsBy3OoHbqp/wASrigmc3KDADgk1/NSctz8AAAAAAAAAAAAAAAAAwFxAAAAAAABAb0AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIkAAAAAAAAAAAAAAAAAAAPA/AAAAAAAAAAAAAAAAAADgP8VzCOL1ADZAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAADtieMGW4RPBqAlWwKAsBkAhuN9A5b4zQUMua0E/4IlBIEqVQacclkFvSopBh8BeQcviBEEAAAAA7D04wUvl1sHRITvCUlSQwlIh0MJVvw/DNrhAwyPIfMOgCqPDJ5jPw1LKAsQJaiPEi8JKxEkhesQqipnEcbu7xBrA5MRi9QrF02coxaOoS8Xc13XFqSaUxb9RssUwYtbFO74Axt1+GsYA4oa4892PliM=";
        Assert.True(JudgeState.TryRead(Old, Slo, out var state, out _));
        for (var look = 6; look < 12; look++)
        {
            var counts = new MeasureCounts(SideCounts.OfErrors(1000, look), SideCounts.None, SideCounts.None);
            var result = SequentialJudge.Look(state!, new LookInput(look, look * Slo.Interval, [counts]), Slo);
            Assert.Equal((look - 5) * 1000 + 5000, result.Report.Measures[0].Canary.Requests);
            Assert.True(JudgeState.TryRead(result.State.Write(), Slo, out state, out _));
        }
    }
}
