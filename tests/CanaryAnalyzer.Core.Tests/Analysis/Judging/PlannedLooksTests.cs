using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

/// <summary>When safety is tested: by elapsed time alone, whatever happens to the looks.</summary>
public sealed class PlannedLooksTests
{
    private static readonly MeasureCounts Unsure = Stream.Counts(100, 1, 900, 9);

    [Fact]
    public void They_grow_by_a_factor_up_to_the_end_and_beyond() =>
        Assert.Equal([10, 14, 19, 25, 34, 45, 60, 85, 120], Tested(Stream.Errors, Enumerable.Range(1, 130)));

    [Fact]
    public void Promotion_at_the_end_tests_there_alone() => Assert.Equal([60, 85], Tested(Stream.Errors with { Promote = PromoteWhen.AtEnd }, Enumerable.Range(1, 100)));

    [Fact]
    public void A_look_that_is_missing_is_made_up_for_by_the_next_one() =>
        Assert.Equal([12, 19, 30, 34, 45, 60], Tested(Stream.Errors, Enumerable.Range(1, 60).Except([10, 11]).Except([14, 15, 16, 17, 18]).Except(Enumerable.Range(20, 10))));

    [Fact]
    public void A_run_without_an_end_tests_nothing_until_an_answer_is_wanted()
    {
        var endless = Stream.Errors with { MaxDuration = null };
        Assert.Empty(Tested(endless, Enumerable.Range(1, 300)));
        var stream = new Stream(endless);
        Assert.Null(stream.Until(40, Unsure).Report.NextPlannedLook);
        var answer = stream.Look(true, Unsure).Report;
        Assert.Equal(TimeSpan.FromSeconds(30 * 41), answer.LastPlannedLook);
        Assert.Equal(0.045, answer.Measures[0].Safe[0].Level!.Value, 1e-9);
    }

    [Fact]
    public void An_answer_that_is_wanted_early_gets_the_level_of_the_end()
    {
        var stream = new Stream(Stream.Errors with { Promote = PromoteWhen.AtEnd });
        stream.Until(19, Unsure);
        var early = stream.Look(true, Unsure).Report;
        Assert.Equal(0.045, early.Measures[0].Safe[0].Level!.Value, 1e-9);

        // Once is once: looks after it come as after an end.
        Assert.Equal(TimeSpan.FromSeconds(30 * 20), stream.Look(true, Unsure).Report.LastPlannedLook);
    }

    [Fact]
    public void The_look_just_before_the_end_is_the_ends()
    {
        var options = Stream.Errors with { MaxDuration = TimeSpan.FromMinutes(30) + TimeSpan.FromMilliseconds(400) };
        Assert.Equal(60, Tested(options, Enumerable.Range(1, 80))[^1]);
    }

    [Fact]
    public void What_is_shown_holds_until_the_next_planned_look()
    {
        var good = Stream.Counts(300, 0, 2700, 27);
        var stream = new Stream(Stream.Errors with { MinRequests = 4000 });
        Assert.Equal(VerdictReason.TooLittleTraffic, stream.Until(10, good).Report.Reason);
        Assert.Equal(VerdictReason.TooLittleTraffic, stream.Until(13, good).Report.Reason);

        // Enough requests at look 14, which is a planned one: shown there and promoted.
        Assert.Equal((JudgeVerdict.Promote, 14), (stream.Look(good).Verdict, stream.Looks));
        var late = new Stream(Stream.Errors with { MinRequests = 3500 });
        Assert.Equal((JudgeVerdict.Promote, 12), (late.Until(60, good).Verdict, late.Looks));
    }

    [Fact]
    public void A_planned_look_without_data_tests_what_there_is_and_promotes_at_the_next_with_data()
    {
        var good = Stream.Counts(300, 0, 2700, 27);
        var stream = new Stream(Stream.Errors);
        stream.Until(9, good);
        var planned = stream.Look((MeasureCounts?)null).Report;
        Assert.Equal((JudgeVerdict.Continue, VerdictReason.NoData, TimeSpan.FromMinutes(5)), (planned.Verdict, planned.Reason, planned.LastPlannedLook));
        Assert.True(planned.Measures[0].Safe[0].P <= planned.Measures[0].Safe[0].Level);
        Assert.Equal(JudgeVerdict.Promote, stream.Look(good).Verdict);
    }

    [Fact]
    public void The_next_run_keeps_harm_and_tests_safety_anew()
    {
        var first = new Stream(Stream.Errors);
        var before = first.Until(30, Unsure).Report;
        var state = JudgeState.StartAfter(Stream.Errors, [], first.State.Write(), out _);
        var report = SequentialJudge.Look(state, new LookInput(1, TimeSpan.FromSeconds(30), [null]), Stream.Errors).Report;
        Assert.Equal(before.LogEvidence, report.LogEvidence);
        Assert.Equal((null, TimeSpan.FromMinutes(5)), (report.LastPlannedLook, report.NextPlannedLook));
        Assert.Null(report.Measures[0].Safe[0].P);
    }

    [Fact]
    public void A_single_stratum_is_tested_as_none_and_two_alike_as_their_sum()
    {
        var counts = Stream.Counts(100, 1, 900, 9);
        SafeEvidence Of(MeasureCounts look) => new Stream(Stream.Errors).Until(10, look).Report.Measures[0].Safe[0];
        var one = Of(counts);
        Assert.Equal(one, Of(counts with { Strata = [counts] }));
        var two = Of(Stream.Counts(200, 2, 1800, 18) with { Strata = [counts, counts] });
        Assert.Equal(Of(Stream.Counts(200, 2, 1800, 18)).P!.Value, two.P!.Value, 1e-12);
    }

    [Fact]
    public void An_incident_on_the_stable_side_alone_doesnt_vouch()
    {
        var past = Stream.HistoryOf(1350, 4);
        var incident = new Stream(Stream.Errors, past).Until(10, Stream.Counts(100, 0, 2700, 200)).Report.Measures[0].Safe[0];
        Assert.Equal((null, double.NegativeInfinity), (incident.P, incident.LogEvidence));
    }

    // The looks at which safety was tested.
    private static List<int> Tested(JudgeOptions options, IEnumerable<int> looks)
    {
        var state = JudgeState.Start(options, []);
        var tested = new List<int>();
        var last = (TimeSpan?)null;
        foreach (var number in looks)
        {
            var result = SequentialJudge.Look(state, new LookInput(number, number * options.Interval, [Unsure]), options);
            state = result.State;
            if (result.Report.LastPlannedLook != last)
                tested.Add(number);
            last = result.Report.LastPlannedLook;
        }

        return tested;
    }
}
