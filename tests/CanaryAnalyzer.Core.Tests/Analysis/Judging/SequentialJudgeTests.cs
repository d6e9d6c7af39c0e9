using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

public sealed class SequentialJudgeTests
{
    private static readonly MeasureCounts Good = Stream.Counts(3000, 15, 9000, 45);
    private static readonly MeasureCounts Bad = Stream.Counts(3000, 150, 9000, 45);
    private static readonly MeasureCounts Fast = Stream.Slow([300, 500, 150, 40, 8, 2], [600, 1000, 300, 80, 16, 4]);
    private static readonly MeasureCounts Slower = Stream.Slow([100, 300, 400, 150, 40, 10], [600, 1000, 300, 80, 16, 4]);

    [Fact]
    public void Harm_rolls_back_at_the_second_look_and_names_the_measure()
    {
        var stream = new Stream(Stream.Errors);
        Assert.Equal(JudgeVerdict.Continue, stream.Look(Bad).Verdict);
        var result = stream.Look(Bad);
        Assert.Equal((JudgeVerdict.Rollback, VerdictReason.HarmShown), (result.Verdict, result.Report.Reason));
        Assert.Equal(["errors"], result.Report.Culprits);
        Assert.Equal((300, 6000), (result.Report.Measures[0].Canary.Errors, result.Report.Measures[0].Canary.Requests));
    }

    [Fact]
    public void Safety_promotes_when_the_minimal_duration_is_over()
    {
        var stream = new Stream(Stream.Errors);
        for (var look = 1; look < 10; look++)
        {
            var result = stream.Look(Good);
            Assert.Equal(JudgeVerdict.Continue, result.Verdict);
            if (look > 5)
                Assert.Equal(VerdictReason.MinDuration, result.Report.Reason);
        }

        var last = stream.Look(Good);
        Assert.Equal((JudgeVerdict.Promote, VerdictReason.Safe), (last.Verdict, last.Report.Reason));
    }

    [Fact]
    public void Safety_at_end_waits_for_the_end()
    {
        var stream = new Stream(Stream.Errors with { Promote = PromoteWhen.AtEnd });
        var result = stream.Until(60, Good);
        Assert.Equal((60, JudgeVerdict.Promote), (stream.Looks, result.Verdict));
        Assert.Equal(VerdictReason.AwaitingEnd, new Stream(Stream.Errors with { Promote = PromoteWhen.AtEnd }).Until(30, Good).Report.Reason);
    }

    [Fact]
    public void Deadline_ends_an_undecided_comparison_early_and_looking_on_can_still_decide()
    {
        var stream = new Stream(Stream.Errors);
        var few = Stream.Counts(200, 1, 2000, 10);
        stream.Look(few);
        Assert.Equal(JudgeVerdict.Inconclusive, stream.Look(true, few).Verdict);
        Assert.Equal(JudgeVerdict.Continue, stream.Look(Bad).Verdict);
        Assert.Equal(JudgeVerdict.Rollback, stream.Look(Bad).Verdict);
    }

    [Fact]
    public void Little_traffic_is_inconclusive_at_the_end_and_says_what_would_have_been_found()
    {
        var stream = new Stream(Stream.Errors);
        var result = stream.Until(60, Stream.Counts(2, 0, 100, 1));
        Assert.Equal((60, JudgeVerdict.Inconclusive, VerdictReason.TooLittleTraffic), (stream.Looks, result.Verdict, result.Report.Reason));
        Assert.InRange(result.Report.DetectableRatio!.Value, 5, 30);
    }

    [Fact]
    public void Between_the_lines_is_inconclusive_for_that_reason()
    {
        var result = new Stream(Stream.Errors with { Version = JudgeVersions.Seq1 }).Until(60, Stream.Counts(300, 4, 3000, 30));
        Assert.Equal((JudgeVerdict.Inconclusive, VerdictReason.InBetween), (result.Verdict, result.Report.Reason));
        var planned = new Stream(Stream.Errors).Until(60, Stream.Counts(40, 1, 400, 7));
        Assert.Equal((JudgeVerdict.Inconclusive, VerdictReason.InBetween), (planned.Verdict, planned.Report.Reason));
    }

    [Fact]
    public void Too_few_requests_are_never_promoted()
    {
        var stream = new Stream(Stream.Errors with { MinRequests = 1_000_000 });
        var result = stream.Until(60, Good);
        Assert.Equal((JudgeVerdict.Inconclusive, VerdictReason.TooLittleTraffic), (result.Verdict, result.Report.Reason));
    }

    [Fact]
    public void Without_maximal_duration_it_never_ends_undecided()
    {
        var stream = new Stream(Stream.Errors with { MaxDuration = null });
        Assert.Equal(JudgeVerdict.Continue, stream.Until(500, Stream.Counts(1, 0, 10, 0)).Verdict);
    }

    [Fact]
    public void A_look_without_data_never_promotes_even_when_safety_is_shown()
    {
        var stream = new Stream(Stream.Errors);
        for (var i = 0; i < 9; i++)
            stream.Look(Good);
        var result = stream.Look((MeasureCounts?)null);
        Assert.Equal((JudgeVerdict.Continue, VerdictReason.NoData), (result.Verdict, result.Report.Reason));
        Assert.Equal(JudgeVerdict.Promote, stream.Look(Good).Verdict);
    }

    [Fact]
    public void A_required_measure_without_data_holds_promotion_while_harm_elsewhere_is_found()
    {
        var stream = new Stream(Stream.Both);
        Assert.Equal(VerdictReason.NoData, stream.Until(60, Good, null).Report.Reason);
        stream = new Stream(Stream.Both);
        Assert.Equal(JudgeVerdict.Rollback, stream.Until(60, Bad, null).Verdict);
    }

    [Fact]
    public void A_measure_that_is_not_required_does_not_hold_promotion_but_can_roll_back()
    {
        var options = Stream.Both with { Measures = [Stream.Both.Measures[0], Stream.Both.Measures[1] with { Required = false }] };
        Assert.Equal(JudgeVerdict.Promote, new Stream(options).Until(60, Good, null).Verdict);
        var result = new Stream(options).Until(60, Good, Slower);
        Assert.Equal(JudgeVerdict.Rollback, result.Verdict);
        Assert.Equal(["latency"], result.Report.Culprits);
    }

    [Fact]
    public void Slower_latency_rolls_back_after_the_warm_up_with_and_without_history()
    {
        foreach (var stream in new[] { new Stream(Stream.Latency), new Stream(Stream.Latency, new MeasureHistory([.. Enumerable.Repeat(new AaInterval(Fast.StableA, Fast.StableB), 30)], Stream.Bounds)) })
        {
            Assert.Equal(0, stream.Look(Slower).Report.LogEvidence, 1e-12);
            Assert.Equal(0, stream.Look(Slower).Report.LogEvidence, 1e-12);
            var result = stream.Until(10, Slower);
            Assert.Equal((JudgeVerdict.Rollback, 4), (result.Verdict, result.Report.Look));
            Assert.Equal(2000, result.Report.Measures[0].Canary.Requests);
        }
    }

    [Fact]
    public void Warm_up_counts_an_interval_from_its_beginning()
    {
        var stream = new Stream(Stream.Latency);
        stream.Look(Slower);
        stream.Look((MeasureCounts?)null);
        var merged = stream.Look(Slower with { Span = TimeSpan.FromSeconds(60) });
        Assert.Equal(0, merged.Report.Measures[0].Canary.Requests);
        Assert.NotEqual(0, stream.Look(Slower).Report.LogEvidence, 1e-12);
    }

    [Fact]
    public void Same_latency_promotes()
    {
        var result = new Stream(Stream.Latency).Until(60, Fast);
        Assert.Equal((JudgeVerdict.Promote, VerdictReason.Safe), (result.Verdict, result.Report.Reason));
    }

    [Fact]
    public void Buckets_without_a_useful_bound_are_never_promoted()
    {
        // All requests are above the only bound: nothing can be told about the distribution.
        var counts = new MeasureCounts(SideCounts.OfBuckets([0, 5000]), SideCounts.OfBuckets([0, 5000]), SideCounts.OfBuckets([0, 5000])) { BucketBounds = [0.001] };
        var result = new Stream(Stream.Latency).Until(60, counts);
        Assert.Equal((JudgeVerdict.Inconclusive, VerdictReason.BucketsTooCoarse), (result.Verdict, result.Report.Reason));
    }

    [Fact]
    public void Finer_buckets_of_a_later_look_are_merged_and_others_count_as_no_data()
    {
        var stream = new Stream(Stream.Latency);
        stream.Look(Fast);
        var finer = SideCounts.OfBuckets([100, 200, 500, 150, 40, 8, 2]);
        Assert.NotEqual(VerdictReason.NoData, stream.Look(new MeasureCounts(finer, finer, finer) { BucketBounds = [0.01, 0.05, 0.1, 0.25, 0.5, 1] }).Report.Reason);
        Assert.Equal(VerdictReason.NoData, stream.Look(new MeasureCounts(finer, finer, finer) { BucketBounds = [0.01, 0.06, 0.11, 0.26, 0.6, 2] }).Report.Reason);
    }

    [Fact]
    public void One_stable_pod_is_compared_with_itself_over_time()
    {
        var alone = Good with { StableA = SideCounts.OfErrors(9000, 45), StableB = SideCounts.None };
        var stream = new Stream(Stream.Errors);
        var first = stream.Look(alone).Report.Measures[0];
        Assert.Equal((2.0, false, true), (first.Dispersion, first.DispersionMeasured, first.LacksHalves));
        var later = stream.Until(10, alone).Report.Measures[0];
        Assert.Equal((true, true), (later.DispersionMeasured, later.LacksHalves));
        var both = new Stream(Stream.Errors).Until(10, Good).Report.Measures[0];
        Assert.Equal((true, false), (both.DispersionMeasured, both.LacksHalves));

        // Before, nothing was ever measured there.
        var old = new Stream(Stream.Errors with { Version = JudgeVersions.Seq2 }).Until(10, alone).Report.Measures[0];
        Assert.Equal((2.0, false, false), (old.Dispersion, old.DispersionMeasured, old.LacksHalves));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 0)]
    [InlineData(49, 0)]
    public void Few_requests_of_stable_tell_nothing_about_its_pods(long a, long b)
    {
        var few = Good with { StableA = SideCounts.OfErrors(a, 0), StableB = SideCounts.OfErrors(b, 0) };
        var stream = new Stream(Stream.Errors);
        Assert.False(stream.Look(few).Report.Measures[0].LacksHalves);
        stream.Look(Good with { StableA = SideCounts.OfErrors(9000, 45), StableB = SideCounts.None });
        Assert.True(stream.Look(few).Report.Measures[0].LacksHalves);
        stream.Look(Good);
        Assert.False(stream.Look(few).Report.Measures[0].LacksHalves);
    }

    [Fact]
    public void A_stable_incident_does_not_vouch_for_the_canary()
    {
        var incident = Stream.Counts(300, 9, 2700, 540);
        var stream = new Stream(Stream.Errors, Stream.HistoryOf(1350, 4));
        Assert.Equal(JudgeVerdict.Inconclusive, stream.Until(60, incident).Verdict);
    }

    [Fact]
    public void Equal_zeros_decide_nothing_until_the_absolute_margin_is_shown()
    {
        Assert.Equal(JudgeVerdict.Inconclusive, new Stream(Stream.Errors).Until(60, Stream.Counts(0, 0, 0, 0)).Verdict);
        Assert.Equal(JudgeVerdict.Inconclusive, new Stream(Stream.Errors).Until(60, Stream.Counts(0, 0, 1000, 5)).Verdict);
        Assert.Equal(JudgeVerdict.Inconclusive, new Stream(Stream.Errors).Until(60, Stream.Counts(1000, 5, 0, 0)).Verdict);
        Assert.Equal(JudgeVerdict.Promote, new Stream(Stream.Errors).Until(60, Stream.Counts(1000, 0, 9000, 0)).Verdict);
    }

    [Fact]
    public void Look_with_another_number_of_measures_is_refused()
    {
        var state = JudgeState.Start(Stream.Errors, []);
        Assert.Throws<ArgumentException>(() => SequentialJudge.Look(state, new LookInput(1, TimeSpan.FromSeconds(30), []), Stream.Errors));
    }
}
