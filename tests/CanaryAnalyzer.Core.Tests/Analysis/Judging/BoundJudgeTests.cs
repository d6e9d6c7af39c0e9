using System.Collections.Immutable;
using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Judging.Histograms;
using CanaryAnalyzer.Core.Analysis.Judging.Measures;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

/// <summary>Shares of requests above bounds that were asked for.</summary>
public sealed class BoundJudgeTests
{
    // Of stable's requests 20 % take more than 100 ms, 5 % more than 250 ms, 1 % more than 500 ms and 0.2 % more than 1 s.
    private static readonly ImmutableArray<long> Half = [600, 1000, 300, 80, 16, 4];
    private static readonly MeasureCounts Good = Stream.Slow([300, 500, 150, 40, 8, 2], Half);
    private static readonly MeasureCounts Bad = Stream.Slow([300, 500, 80, 100, 16, 4], Half);
    private static readonly double[] Shares = [0.30, 0.50, 0.15, 0.04, 0.008, 0.002];

    public static TheoryData<string> Versions => [.. JudgeVersions.All];

    [Theory]
    [MemberData(nameof(Versions))]
    public void More_requests_above_the_bound_roll_back_and_the_sentence_names_it(string version)
    {
        var result = new Stream(Of([0.25]) with { Version = version }).Until(60, Bad);
        var measure = result.Report.Measures[0];
        Assert.Equal((JudgeVerdict.Rollback, EvidenceComponent.Bound, (double?)0.25), (result.Verdict, measure.Component, measure.Bound));
        Assert.Matches(@"^rolled back at look \d+: latency 12% over 250ms \([\d,]+ of [\d,]+\) on canary, 5\.0% \([\d,]+ of [\d,]+\) on stable: 2\.4x, 95% CI ", VerdictSentence.Of(result.Report));
        var bound = Assert.Single(measure.Bounds);
        Assert.Equal((0.25, (double?)0.25, false), (bound.Asked, bound.Bound, bound.IsRounded));
        Assert.Equal((measure.Canary, measure.Stable), (bound.Canary, bound.Stable));
        Assert.Equal(2.4, bound.Ratio!.Value, 1e-9);
        Assert.True(bound.Evidence > 100, $"evidence {bound.Evidence}");
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void As_many_requests_above_the_bound_promote(string version)
    {
        var result = new Stream(Of([0.25]) with { Version = version }).Until(60, Good);
        Assert.Equal((JudgeVerdict.Promote, VerdictReason.Safe), (result.Verdict, result.Report.Reason));
        Assert.Equal([(EvidenceComponent.Bound, 0.25), (EvidenceComponent.Body, 0.05)], result.Report.Measures[0].Safe.Select(safe => (safe.Component, safe.Bound!.Value)));
    }

    [Fact]
    public void Bound_between_two_bucket_bounds_is_watched_at_the_next_and_the_report_says_so()
    {
        var report = new Stream(Of([0.2])).Until(60, Bad).Report;
        Assert.Contains(" over 250ms, the next bucket bound to 200ms, (", VerdictSentence.Of(report), StringComparison.Ordinal);
        Assert.Equal((0.2, (double?)0.25, true), (report.Measures[0].Bounds[0].Asked, report.Measures[0].Bounds[0].Bound, report.Measures[0].Bounds[0].IsRounded));

        // The same share is the same evidence, whatever it was asked for as.
        Assert.Equal(new Stream(Of([0.25])).Until(60, Bad).Report.LogEvidence, report.LogEvidence, 1e-12);
    }

    [Theory]
    [InlineData(0.25 * (1 + 5e-10), 0.25, false)]
    [InlineData(0.25 * (1 - 5e-10), 0.25, false)]
    [InlineData(0.25 * (1 + 5e-9), 0.5, true)]
    [InlineData(0.001, 0.05, true)]
    [InlineData(1, 1.0, false)]
    [InlineData(1.0001, null, false)]
    [InlineData(double.PositiveInfinity, null, false)]
    [InlineData(double.NaN, null, false)]
    [InlineData(0, 0.05, true)]
    [InlineData(-1, 0.05, true)]
    public void Bound_is_watched_at_the_smallest_bucket_bound_that_is_not_below_it(double asked, double? watched, bool rounded)
    {
        var stream = new Stream(Of([asked], 0.1));
        var measure = stream.Until(60, Good).Report.Measures[0];
        var bound = Assert.Single(measure.Bounds);
        Assert.Equal((watched, rounded), (bound.Bound, bound.IsRounded));
        Assert.True(double.IsFinite(measure.LogEvidence));
    }

    [Fact]
    public void Bound_above_all_bucket_bounds_is_named_and_decides_nothing()
    {
        var options = Of([0.25, 30]);
        var (good, bad) = (new Stream(options).Until(60, Good), new Stream(options).Until(60, Bad));
        Assert.Equal((JudgeVerdict.Promote, JudgeVerdict.Rollback), (good.Verdict, bad.Verdict));
        Assert.Contains("(above all bucket bounds and not watched: 30s)", VerdictSentence.Of(good.Report), StringComparison.Ordinal);
        Assert.Equal(new BoundReport(30, null), good.Report.Measures[0].Bounds[1]);
        Assert.Equal(new Stream(Of([0.25])).Until(60, Bad).Report.LogEvidence, bad.Report.LogEvidence, 1e-12);
    }

    [Fact]
    public void Nothing_is_promoted_where_nothing_that_was_asked_for_can_be_watched()
    {
        var result = new Stream(Of([30, 60])).Until(60, Good);
        Assert.Equal((JudgeVerdict.Inconclusive, VerdictReason.BucketsTooCoarse), (result.Verdict, result.Report.Reason));
        Assert.Contains("latency: the histogram has no bucket bound from 30s and 60s on, so what was asked for can't be watched; write lower bounds", VerdictSentence.Of(result.Report), StringComparison.Ordinal);
        Assert.StartsWith("a histogram with a bucket bound from 30s and 60s on", result.Report.WhatWouldChange, StringComparison.Ordinal);
        var optional = Of([30]) with { Measures = [Stream.Errors.Measures[0], Of([30]).Measures[0] with { Required = false }] };
        Assert.Equal(JudgeVerdict.Promote, new Stream(optional).Until(60, Stream.Counts(1000, 5, 9000, 45), Good).Verdict);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Bucket_bound_of_a_tail_and_of_bounds_is_watched_once(string version)
    {
        // The 10 % tail lies at 250 ms, as do 200 ms and 250 ms.
        var plan = PlanOf(Of([0.2, 0.25, 0.5], 0.1) with { Version = version });
        Assert.Equal([(EvidenceComponent.Bound, 0.25), (EvidenceComponent.Bound, 0.5), (EvidenceComponent.Body, 0.05)], plan.Rates.Select(rate => (rate.Component, rate.Bound!.Value)));
        Assert.Equal(1, plan.Rates.Sum(rate => rate.Weight) + plan.BodyWeight + plan.ShapeWeight, 1e-12);
        Assert.All(plan.Rates, rate => Assert.True(rate.ShowSafe));
    }

    [Fact]
    public void Bounds_weigh_as_tails_of_their_share_do_and_are_shown_safe_as_those()
    {
        var plan = PlanOf(Of([0.1, 0.25, 1]) with { Version = JudgeVersions.Seq1 });
        Assert.Equal([0.15, 0.25, 0.25, 0], plan.Rates.Select(rate => Math.Round(rate.Weight, 12)));
        Assert.Equal([true, true, false, true], plan.Rates.Select(rate => rate.ShowSafe));
        plan = PlanOf(Of([0.1, 0.25, 1]) with { Version = JudgeVersions.Seq2 });
        Assert.Equal([0.05, 0.10, 0.10, 0], plan.Rates.Select(rate => Math.Round(rate.Weight, 12)));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Rare_bound_is_shown_safe_where_nothing_else_can_be(string version)
    {
        static MeasureCounts Counts(long requests, long slow) =>
            new(SideCounts.OfBuckets([requests - slow, slow, 0]), SideCounts.OfBuckets([2000, 0, 0]), SideCounts.OfBuckets([2000, 0, 0])) { BucketBounds = [1, 2] };
        Assert.Equal(JudgeVerdict.Promote, new Stream(Of([1]) with { Version = version }).Until(60, Counts(1000, 0)).Verdict);
        Assert.Equal(JudgeVerdict.Rollback, new Stream(Of([1]) with { Version = version }).Until(60, Counts(1000, 20)).Verdict);
    }

    [Fact]
    public void Bound_that_most_requests_exceed_claims_to_find_no_more_than_there_can_be()
    {
        // 70 % take more than 50 ms: 1.5 times as many would be more than all.
        var (low, both) = (new Stream(Of([0.05])).Until(60, Good).Report, new Stream(Of([0.05, 0.25])).Until(60, Good).Report);
        Assert.Null(low.TimeToFindHalfMore);
        Assert.True(low.DetectableRatio is null or <= 1 / 0.7, $"{low.DetectableRatio}");
        Assert.NotNull(both.TimeToFindHalfMore);
    }

    [Fact]
    public void Bound_survives_where_too_many_buckets_are_thinned_out()
    {
        ImmutableArray<double> bounds = [.. Enumerable.Range(1, 100).Select(i => i * 0.01)];
        var side = SideCounts.OfBuckets([.. Enumerable.Range(0, 101).Select(i => 1000L / (i + 1))]);
        var counts = new MeasureCounts(side, side, side) { BucketBounds = bounds };
        ImmutableArray<double> asked = [bounds[36], bounds[37], bounds[70]];
        foreach (var stream in new[] { new Stream(Of(asked)), new Stream(Of(asked), new MeasureHistory([.. Enumerable.Repeat(new AaInterval(side, side), 30)], bounds)) })
        {
            var report = stream.Until(5, counts).Report;
            Assert.Equal(asked.Select(bound => (double?)bound), report.Measures[0].Bounds.Select(bound => bound.Bound));
            Assert.True(JudgeState.TryRead(stream.State.Write(), Of(asked), out _, out var problem), problem);
        }

        Assert.Equal(31, Buckets.Keep(bounds, []).Length);
        Assert.InRange(Buckets.Keep(bounds, asked).Length, 25, 31);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void State_that_is_written_and_read_at_each_look_goes_on_bit_by_bit(string version)
    {
        var options = Of([0.2, 0.5, 30], 0.1, 0.01) with { Version = version, MaxDuration = TimeSpan.FromMinutes(10) };
        var random = new Random(11);
        var (whole, broken) = (JudgeState.Start(options, []), JudgeState.Start(options, []));
        for (var look = 1; look <= 20; look++)
        {
            var input = new LookInput(look, look * options.Interval, [RandomCounts.Latency(random, 300, 2700, Shares, Shares)]);
            (whole, broken) = (SequentialJudge.Look(whole, input, options).State, SequentialJudge.Look(broken, input, options).State);
            var text = broken.Write();
            Assert.True(JudgeState.TryRead(text, options, out var read, out var problem), problem);
            Assert.Equal((whole.Write(), text), (text, read!.Write()));
            broken = read;
        }
    }

    [Fact]
    public void Largest_measure_that_can_be_written_fits_into_8_KiB()
    {
        var options = Of([0.1, 0.2, 0.3, 0.4, 0.5], 0.5, 0.2, 0.05, 0.02, 0.01);
        Assert.True(options.StateFits);
        var side = SideCounts.OfBuckets([.. Enumerable.Range(1, 61).Select(i => 2_000_000_000L / i)]);
        var stream = new Stream(options);
        stream.Until(60, new MeasureCounts(side, side, side) { BucketBounds = [.. Enumerable.Range(1, 60).Select(i => i * 0.01)] });
        Assert.InRange(stream.State.Write().Length, 3000, 8192);
        Assert.False((options with { Measures = [options.Measures[0], options.Measures[0] with { Name = "other" }] }).StateFits);
    }

    [Fact]
    public void Changed_bounds_begin_a_new_budget_and_the_same_go_on()
    {
        var first = new Stream(Of([0.25]));
        var before = first.Until(5, Bad).Report;
        var text = first.State.Write();
        Assert.True(before.LogEvidence > 1);
        JudgeState.StartAfter(Of([0.25]), [], text, out var same);
        JudgeState.StartAfter(Of([0.25, 0.5]), [], text, out var more);
        JudgeState.StartAfter(Of([]), [], text, out var none);
        Assert.Equal(("", "the evidence of latency begins anew: the settings have changed", "the evidence of latency begins anew: the settings have changed"), (same, more, none));
        Assert.False(JudgeState.TryRead(text, Of([0.5]), out _, out var problem));
        Assert.Contains("latency have changed", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JudgeVersions.Seq1, 9912131312381736820)]
    [InlineData(JudgeVersions.Seq2, 15549721528336753981)]
    public void Measure_without_bounds_keeps_the_mark_that_it_had_before_there_were_any(string version, ulong mark) =>
        Assert.Equal(mark, MeasureSetup.Of(Stream.Latency, SeqSettings.Find(version)!)[0].Mark);

    [Fact]
    public void Json_has_the_bounds_only_where_some_were_asked_for()
    {
        var report = new Stream(Of([0.2, 30])).Until(10, Good).Report;
        var bounds = JsonDocument.Parse(VerdictJson.Write(report)).RootElement.GetProperty("measures")[0].GetProperty("bounds");
        Assert.Equal([(0.2, 0.25), (30, null)], bounds.EnumerateArray().Select(one => (one.GetProperty("asked").GetDouble(), one.GetProperty("bound").ValueKind == JsonValueKind.Null ? (double?)null : one.GetProperty("bound").GetDouble())));
        Assert.Equal((report.Measures[0].Bounds[0].Canary.Errors, 0), (bounds[0].GetProperty("canary").GetProperty("errors").GetInt64(), bounds[1].GetProperty("canary").GetProperty("errors").GetInt64()));
        Assert.False(JsonDocument.Parse(VerdictJson.Write(new Stream(Stream.Latency).Until(10, Good).Report)).RootElement.GetProperty("measures")[0].TryGetProperty("bounds", out _));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Unchanged_version_is_rolled_back_in_at_most_the_promised_share(string version)
    {
        var random = new Random(21);
        var rolledBack = Enumerable.Range(0, 300).Count(_ => Run(random, Shares, version) == JudgeVerdict.Rollback);

        // P(X > 8) = 0.4 % for X ~ Binomial(300, 1 %): more would refute the promised 1 %.
        Assert.InRange(rolledBack, 0, 8);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Twice_as_many_requests_above_the_bound_are_found_in_every_run(string version)
    {
        var random = new Random(22);
        Assert.All(Enumerable.Range(0, 40), _ => Assert.Equal(JudgeVerdict.Rollback, Run(random, [0.30, 0.50, 0.10, 0.09, 0.008, 0.002], version)));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Harmful_line_itself_is_promoted_in_at_most_the_promised_share(string version)
    {
        // 1.5 · 5 % + 0.1 percentage points over 250 ms.
        var random = new Random(23);
        var promoted = Enumerable.Range(0, 200).Count(_ => Run(random, [0.30, 0.50, 0.124, 0.066, 0.008, 0.002], version) == JudgeVerdict.Promote);

        // P(X > 20) = 0.05 % for X ~ Binomial(200, 5 %).
        Assert.InRange(promoted, 0, 20);
    }

    private static JudgeOptions Of(ImmutableArray<double> bounds, params ImmutableArray<double> tails) =>
        Stream.Latency with { Measures = [Stream.Latency.Measures[0] with { Bounds = bounds, Tails = tails }] };

    private static HistogramPlan PlanOf(JudgeOptions options)
    {
        var stream = new Stream(options);
        stream.Until(4, Good);
        return ((HistogramState)stream.State.Measures[0]).Plan!;
    }

    private static JudgeVerdict Run(Random random, double[] canaryShares, string version)
    {
        var stream = new Stream(Of([0.25, 1]) with { Version = version });
        var result = stream.Look(RandomCounts.Latency(random, 300, 2700, canaryShares, Shares));
        while (result.Verdict == JudgeVerdict.Continue)
            result = stream.Look(RandomCounts.Latency(random, 300, 2700, canaryShares, Shares));
        return result.Verdict;
    }
}
