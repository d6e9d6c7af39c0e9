using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

/// <summary>Reason codes of undecided looks, and what a look says about what it could see.</summary>
public sealed class LookReportTests
{
    private static readonly MeasureCounts Good = Stream.Counts(300, 0, 2700, 9);
    private static readonly MeasureCounts Bursting = Stream.Counts(300, 12, 2700, 108);

    [Theory]
    [InlineData(DataAbsence.None, VerdictReason.NoData)]
    [InlineData(DataAbsence.Stale, VerdictReason.Stale)]
    [InlineData(DataAbsence.MissingSeries, VerdictReason.MissingSeries)]
    [InlineData(DataAbsence.QueryError, VerdictReason.QueryError)]
    public void A_look_without_data_has_the_callers_reason(DataAbsence absence, VerdictReason reason)
    {
        var input = new LookInput(1, TimeSpan.FromSeconds(30), [Good, null]) { Absences = [DataAbsence.QueryError, absence] };
        var report = SequentialJudge.Look(JudgeState.Start(Stream.Both, []), input, Stream.Both).Report;
        Assert.Equal(reason, report.Reason);
        Assert.Equal((DataAbsence.None, absence), (report.Measures[0].Absence, report.Measures[1].Absence));
        Assert.NotEmpty(report.WhatWouldChange);
        Assert.Contains("undecided at look 1: no data for latency", VerdictSentence.Of(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JudgeVersions.Seq1, VerdictReason.TooLittleTraffic)]
    [InlineData(JudgeVersions.Seq2, VerdictReason.MinDuration)]
    public void An_advisory_measure_without_data_gives_no_reason(string version, VerdictReason other)
    {
        var options = Stream.Both with { Version = version, Measures = [Stream.Both.Measures[0], Stream.Both.Measures[1] with { Required = false }] };
        var input = new LookInput(1, TimeSpan.FromSeconds(30), [Good, null]) { Absences = [DataAbsence.None, DataAbsence.QueryError] };
        Assert.Equal(other, SequentialJudge.Look(JudgeState.Start(options, []), input, options).Report.Reason);
    }

    [Fact]
    public void Both_sides_far_worse_than_their_past_hold_a_promotion_until_that_is_over()
    {
        var options = Stream.Errors with { Promote = PromoteWhen.WhenSafe };
        var stream = new Stream(options, Stream.HistoryOf(1350, 4));
        for (var look = 1; look <= 12; look++)
            Assert.Equal(JudgeVerdict.Continue, stream.Look(look < 4 ? Good : Bursting).Verdict);
        var report = stream.Look(Bursting).Report;
        Assert.Equal((JudgeVerdict.Continue, VerdictReason.BothWorse), (report.Verdict, report.Reason));
        Assert.Contains("both versions are far worse than stable's past", VerdictSentence.Of(report), StringComparison.Ordinal);
        var over = stream.Until(60, Good);
        Assert.Equal(JudgeVerdict.Promote, over.Verdict);
        Assert.InRange(over.Report.Look, 14, 40);
    }

    [Fact]
    public void A_bad_stable_side_alone_is_not_both()
    {
        var stream = new Stream(Stream.Errors, Stream.HistoryOf(1350, 4));
        for (var look = 1; look <= 20; look++)
            Assert.NotEqual(VerdictReason.BothWorse, stream.Look(Stream.Counts(300, 1, 2700, 108)).Report.Reason);
    }

    [Fact]
    public void A_few_bad_looks_hold_nothing()
    {
        var stream = new Stream(Stream.Errors, Stream.HistoryOf(1350, 4));
        for (var look = 1; look <= 30; look++)
            Assert.NotEqual(VerdictReason.BothWorse, stream.Look(look % 10 < 2 ? Bursting : Good).Report.Reason);
    }

    [Fact]
    public void Budget_spent_is_the_highest_evidence_and_stays()
    {
        var stream = new Stream(Stream.Errors);
        var high = stream.Until(3, Stream.Counts(300, 8, 2700, 9)).Report;
        Assert.True(high.BudgetSpent > 0.02);
        var later = stream.Until(20, Good).Report;
        Assert.True(later.LogEvidence < high.LogEvidence);
        Assert.Equal(high.BudgetSpent, later.BudgetSpent);
        Assert.Equal(1, new Stream(Stream.Errors).Until(60, Stream.Counts(3000, 300, 2700, 9)).Report.BudgetSpent);
    }

    [Fact]
    public void From_the_first_look_on_it_says_what_the_pause_can_find()
    {
        var past = Stream.HistoryOf(1350, 4);
        var first = new Stream(Stream.Errors, past).Look(Good).Report;
        var later = new Stream(Stream.Errors, past).Until(20, Good).Report;
        Assert.True(first.DetectableRatio > first.DetectableByEnd);
        Assert.Equal(first.DetectableByEnd!.Value, later.DetectableByEnd!.Value, 0.3);
        Assert.True(first.TimeToFindHalfMore > first.TimeToFindDouble);
        Assert.Equal(first.TimeToFindDouble!.Value.TotalMinutes, later.TimeToFindDouble!.Value.TotalMinutes, 0.1);

        // What takes as long as the pause is just what the pause finds.
        var pause = Stream.Errors with { MaxDuration = later.TimeToFindDouble };
        Assert.Equal(2, new Stream(pause, past).Look(Good).Report.DetectableByEnd!.Value, 0.05);
    }

    [Fact]
    public void A_short_history_is_trusted_less_about_noise()
    {
        var whole = Stream.HistoryOf(1350, 4);
        var few = whole with { Intervals = whole.Intervals[..3] };
        var old = Stream.Errors with { Version = JudgeVersions.Seq1 };
        double Dispersion(MeasureHistory history) => new Stream(old, history).Look((MeasureCounts?)null).Report.Measures[0].Dispersion;
        Assert.Equal((1, 2), (Dispersion(whole), Dispersion(MeasureHistory.Empty)));
        Assert.InRange(Dispersion(few), 1.1, 1.3);
    }

    [Fact]
    public void A_history_of_less_than_ten_intervals_counts_as_none_about_noise()
    {
        var clumped = new AaInterval(SideCounts.OfErrors(1350, 12), SideCounts.OfErrors(1350, 2));
        double Dispersion(int intervals) => new Stream(Stream.Errors, new MeasureHistory([.. Enumerable.Repeat(clumped, intervals)], [])).Look((MeasureCounts?)null).Report.Measures[0].Dispersion;
        Assert.Equal(2, Dispersion(0));

        // Nine intervals: prior 2 with the weight of 2, and 1.5 standard errors on top; ten: prior 1 with the weight of 5, and one.
        const double ratio = 25 / (14 * 0.25 * 2686 / 2699);
        Assert.Equal(((4 + (9 * ratio)) / 11) * (1 + (1.5 * Math.Sqrt(2.0 / 10))), Dispersion(9), 1e-9);
        Assert.Equal(((5 + (10 * ratio)) / 15) * (1 + Math.Sqrt(2.0 / 11)), Dispersion(10), 1e-9);
    }

    [Fact]
    public void Without_an_end_there_is_nothing_by_the_end() => Assert.Null(new Stream(Stream.Errors with { MaxDuration = null }).Look(Good).Report.DetectableByEnd);

    [Fact]
    public void What_would_change_is_said_in_requests()
    {
        var stream = new Stream(Stream.Errors with { Version = JudgeVersions.Seq1 });
        var report = stream.Until(4, Good).Report;
        Assert.Matches("^about [0-9 ]+ more canary requests like these would show errors safe$", report.WhatWouldChange);
        var more = long.Parse(report.WhatWouldChange["about ".Length..report.WhatWouldChange.IndexOf(" more", StringComparison.Ordinal)].Replace(" ", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
        var needed = stream.Look(Stream.Counts(more, 0, 9 * more, 9 * more / 270)).Report;
        Assert.True(needed.Measures[0].Safe[0].LogEvidence > needed.LogSafeThreshold - 0.5, report.WhatWouldChange);
        Assert.Empty(new Stream(Stream.Errors).Until(60, Stream.Counts(3000, 300, 2700, 9)).Report.WhatWouldChange);
    }
}
