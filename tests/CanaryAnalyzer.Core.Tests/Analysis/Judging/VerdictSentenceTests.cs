using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Judging.Reporting;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

public sealed class VerdictSentenceTests
{
    [Fact]
    public void Rollback_names_measure_counts_ratio_interval_and_evidence()
    {
        var stream = new Stream(Stream.Errors);
        stream.Look(Stream.Counts(606, 29, 5466, 27));
        var result = stream.Look(Stream.Counts(606, 29, 5467, 28));
        Assert.Equal(
            "rolled back at look 2: errors 4.8% (58 of 1,212) on canary, 0.50% (55 of 10,933) on stable: 9.5x, 95% CI 3.4x to 29x; evidence of harm 102, threshold 100",
            VerdictSentence.Of(result.Report));
    }

    [Fact]
    public void Rollback_where_stable_has_no_errors_says_at_least()
    {
        var result = new Stream(Stream.Errors).Until(60, Stream.Counts(606, 60, 5466, 0));
        Assert.Equal(
            "rolled back at look 2: errors 9.9% (120 of 1,212) on canary, 0% (0 of 10,932) on stable: at least 49x; evidence of harm 102, threshold 100",
            VerdictSentence.Of(result.Report));
    }

    [Fact]
    public void Rollback_for_a_slower_body_speaks_of_pairs()
    {
        var result = new Stream(Stream.Latency).Until(60, Stream.Slow([200, 500, 240, 40, 8, 2], [600, 1000, 300, 80, 16, 4]));
        Assert.Matches(@"^rolled back at look \d+: latency slower on canary in 56\.9% of pairs, 50% is alike \([\d,]+ requests on canary, [\d,]+ on stable\); evidence of harm ", VerdictSentence.Of(result.Report));
        Assert.Equal(EvidenceComponent.Body, result.Report.Measures[0].Deciding!.Component);
    }

    [Fact]
    public void Rollback_for_a_slower_tail_speaks_of_its_bound()
    {
        var result = new Stream(Stream.Latency).Until(60, Stream.Slow([300, 500, 150, 20, 20, 10], [600, 1000, 300, 80, 16, 4]));
        var sentence = VerdictSentence.Of(result.Report);
        Assert.StartsWith("rolled back at look 4: latency 3.0% over 500ms (", sentence, StringComparison.Ordinal);
        Assert.Contains(" on canary, 1.0% (", sentence, StringComparison.Ordinal);
        Assert.Contains(") on stable: 3.0x, 95% CI ", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(30, false)]
    public void Requests_of_the_warm_up_count_towards_those_that_are_needed(long requests, bool areTooFew)
    {
        var stream = new Stream(Stream.Latency with { MinRequests = 100, MaxDuration = TimeSpan.FromMinutes(5) });
        LookResult result = null!;
        for (var look = 1; look <= 4; look++)
            result = stream.Look(Stream.Slow([requests, 0, 0, 0, 0, 0], [600, 1000, 300, 80, 16, 4]));
        Assert.Equal(VerdictReason.TooLittleTraffic, result.Report.Reason);
        Assert.Equal(areTooFew, VerdictSentence.Of(result.Report).Contains("the canary answered 80 requests so far, at least 100 are needed", StringComparison.Ordinal));
        Assert.Equal(areTooFew, VerdictSentence.Of(result.Report).Contains("are needed", StringComparison.Ordinal));
    }

    [Fact]
    public void Promotion_says_at_most_how_much_worse_it_is()
    {
        var result = new Stream(Stream.Errors).Until(60, Stream.Counts(3000, 0, 9000, 9));
        Assert.Equal(
            "safe at look 10: errors 0% (0 of 30,000) on canary, 0.10% (90 of 90,000) on stable: at most 0.35x; evidence of harm 0.08, threshold 100",
            VerdictSentence.Of(result.Report));
    }

    [Fact]
    public void Undecided_says_why_and_what_would_have_been_found()
    {
        var result = new Stream(Stream.Errors).Until(60, Stream.Counts(2, 0, 100, 1));
        var sentence = VerdictSentence.Of(result.Report);
        Assert.StartsWith("undecided after 30m: no sign of harm, too little traffic to promote even a canary exactly like stable; a higher weight helps; errors 0% (0 of 120) on canary, ", sentence, StringComparison.Ordinal);
        Assert.Contains("this traffic would have shown harm from ", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("(p ", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_ended_before_its_first_look_is_not_undecided_after_0s()
    {
        var report = SequentialJudge.Look(JudgeState.Start(Stream.Errors, []), new LookInput(0, TimeSpan.Zero, [null], true), Stream.Errors).Report;
        Assert.Equal("undecided: ended before the first look", VerdictSentence.Of(report));
    }

    [Fact]
    public void A_late_look_says_so()
    {
        var report = new Stream(Stream.Errors).Until(4, Stream.Counts(300, 3, 2700, 27)).Report;
        Assert.EndsWith("; the look was 2m30s late", VerdictSentence.Of(report with { Late = TimeSpan.FromSeconds(150) }), StringComparison.Ordinal);
        Assert.Contains("\"late\":\"2m30s\"", VerdictJson.Write(report with { Late = TimeSpan.FromSeconds(150) }), StringComparison.Ordinal);
        Assert.DoesNotContain("\"late\"", VerdictJson.Write(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Before_the_first_planned_look_it_says_when_that_is()
    {
        var report = new Stream(Stream.Errors).Until(4, Stream.Counts(300, 3, 2700, 27)).Report;
        Assert.StartsWith("undecided at look 4: no sign of harm, too early to promote; first safety test in 3m; errors 1.0% (", VerdictSentence.Of(report), StringComparison.Ordinal);
        Assert.Equal("3m0s more without harm, and the test of safety then", report.WhatWouldChange);
        var soak = new Stream(Stream.Errors with { Promote = PromoteWhen.AtEnd }).Until(40, Stream.Counts(300, 3, 2700, 27)).Report;
        Assert.StartsWith("undecided at look 40: no sign of harm, too early to promote; first safety test in 10m; ", VerdictSentence.Of(soak), StringComparison.Ordinal);
    }

    [Fact]
    public void Between_planned_looks_it_says_what_the_last_one_needed_and_when_the_next_is()
    {
        var report = new Stream(Stream.Errors).Until(16, Stream.Counts(100, 1, 900, 9)).Report;
        Assert.StartsWith("undecided at look 16: no sign of harm, not yet enough data to promote (errors); next safety test in 1m6s; errors 1.0% (16 of 1,600) on canary, ", VerdictSentence.Of(report), StringComparison.Ordinal);
        Assert.Matches("^about [0-9,]+ more canary requests like these would show errors safe, at the planned look after 9m6s or a later one", report.WhatWouldChange);
    }

    [Fact]
    public void Without_an_end_safety_is_said_not_to_be_tested()
    {
        var report = new Stream(Stream.Errors with { MaxDuration = null }).Until(200, Stream.Counts(300, 3, 2700, 27)).Report;
        Assert.Equal((JudgeVerdict.Continue, VerdictReason.InBetween), (report.Verdict, report.Reason));
        Assert.StartsWith("undecided at look 200: no sign of harm, a run without an end does not test safety; ", VerdictSentence.Of(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Few_requests_are_said_with_how_many_are_needed()
    {
        var result = new Stream(Stream.Errors).Until(3, Stream.Counts(2, 0, 100, 1));
        Assert.StartsWith("undecided at look 3: the canary answered 6 requests so far, at least 100 are needed; errors 0% (0 of 6) on canary", VerdictSentence.Of(result.Report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_canary_whose_requests_are_not_counted_yet_is_said_to_be_one()
    {
        var result = new Stream(Stream.Errors).Until(2, Stream.Counts(0, 0, 100, 1));
        Assert.StartsWith("undecided at look 2: errors: none of the canary's requests are counted yet, at least 100 are needed", VerdictSentence.Of(result.Report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_look_without_data_says_for_which_measure()
    {
        var result = new Stream(Stream.Both).Look(Stream.Counts(2, 0, 100, 1), null);
        Assert.StartsWith("undecided at look 1: no data for latency; the gate waits for data", VerdictSentence.Of(result.Report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.048, "4.8%")]
    [InlineData(0.00503, "0.50%")]
    [InlineData(0.1234, "12.3%")]
    [InlineData(1, "100%")]
    [InlineData(0, "0%")]
    [InlineData(0.00000123, "0.00012%")]
    public void Share_has_two_digits_that_matter(double share, string expected) => Assert.Equal(expected, Figures.Share(share));

    [Theory]
    [InlineData(9.54, "9.5", "9.5", "9.6")]
    [InlineData(19.03, "19", "19", "20")]
    [InlineData(0.843, "0.84", "0.84", "0.85")]
    [InlineData(100, "100", "100", "100")]
    [InlineData(0.1, "0.1", "0.1", "0.1")]
    public void Ends_of_an_interval_are_rounded_outwards(double ratio, string near, string low, string high) =>
        Assert.Equal((near, low, high), (Figures.Ratio(ratio), Figures.Low(ratio), Figures.High(ratio)));
}
