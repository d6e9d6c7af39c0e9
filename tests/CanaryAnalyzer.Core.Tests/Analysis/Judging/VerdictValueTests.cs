using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

public sealed class VerdictValueTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 10, 5, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_written_is_read()
    {
        var report = Look();
        var read = VerdictValue.Read(VerdictJson.Write(report, at: At), out var problem)!;

        Assert.Equal("", problem);
        Assert.Equal((report.Verdict, report.Reason, report.Look, report.HasMinRequests, At), (read.Verdict, read.Reason, read.Look, read.HasMinRequests, read.At));
        Assert.Equal(report.Evidence, read.Evidence!.Value, report.Evidence * 1e-3);
        var measure = Assert.Single(read.Measures);
        Assert.Equal(("errors", new VerdictValue.Side(1000, 10), new VerdictValue.Side(2000, 20)), (measure.Name, measure.Canary, measure.Stable));
        Assert.Equal((report.Measures[0].Ratio is null, report.Measures[0].Low is null, report.Measures[0].High is null), (measure.Ratio is null, measure.Low is null, measure.High is null));
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_is_read(VerdictReason reason) => Assert.Equal(reason, VerdictValue.Read(VerdictJson.Write(Look(), reason), out _)!.Reason);

    public static TheoryData<VerdictReason> Reasons => [.. Enum.GetValues<VerdictReason>()];

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("0.95", "")]
    [InlineData("[0.9", "")]
    [InlineData("""{"look": 1}""", "")]
    [InlineData("""{"verdict": 1, "reason": "Safe"}""", "")]
    [InlineData("""{"verdict": "Perhaps", "reason": "Safe"}""", "unknown verdict \"Perhaps\"")]
    [InlineData("""{"verdict": "Promote", "reason": "safe"}""", "unknown reason \"safe\"")]
    [InlineData("""{"verdict": "Promote", "reason": "3"}""", "unknown reason \"3\"")]
    [InlineData("""{"verdict": "Promote"}""", "unknown reason \"\"")]
    public void What_is_no_verdict_is_told_from_one_that_is_not_understood(string? value, string expected)
    {
        Assert.Null(VerdictValue.Read(value, out var problem));
        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData("""{"verdict": "Continue", "reason": "Unheard", "look": 7}""", 7)]
    [InlineData("""{"look": 0}""", 0)]
    [InlineData("""{"look": "7"}""", null)]
    [InlineData("[7]", null)]
    [InlineData(null, null)]
    public void Look_is_read_whether_its_verdict_is_understood_or_not(string? value, int? look) => Assert.Equal(look, VerdictValue.LookOf(value));

    [Fact]
    public void Fields_of_the_wrong_kind_read_as_absent()
    {
        var read = VerdictValue.Read("""{"verdict": "Continue", "reason": "NoData", "look": "7", "evidence": "big", "hasMinRequests": "true", "at": 5, "measures": [1, {"canary": 2}]}""", out _)!;
        Assert.Equal((0, null, false, null), (read.Look, read.Evidence, read.HasMinRequests, read.At));
        Assert.Equal(new VerdictValue.Measure("", new VerdictValue.Side(null, null), new VerdictValue.Side(null, null), null, null, null), Assert.Single(read.Measures));
    }

    [Fact]
    public void Look_that_was_not_answered_keeps_what_was_counted()
    {
        var before = VerdictJson.Write(Look(), at: At);
        var read = VerdictValue.Read(VerdictValue.Unanswered(before), out _)!;

        Assert.Equal((VerdictReason.QueryError, 1, At), (read.Reason, read.Look, read.At));
        Assert.Equal(new VerdictValue.Side(1000, 10), read.Measures[0].Canary);
        Assert.Equal("[1]", VerdictValue.Unanswered("[1]"));
        Assert.Null(VerdictValue.Unanswered(null));
    }

    private static LookReport Look()
    {
        var options = new JudgeOptions
        {
            Interval = TimeSpan.FromSeconds(30), MinDuration = TimeSpan.FromMinutes(5), MaxDuration = TimeSpan.FromMinutes(30),
            Measures = [new MeasureOptions { Name = "errors", Kind = MeasureKind.ErrorRate }],
        };
        var counts = new MeasureCounts(SideCounts.OfErrors(1000, 10), SideCounts.OfErrors(1000, 9), SideCounts.OfErrors(1000, 11));
        return SequentialJudge.Look(JudgeState.Start(options, []), new LookInput(1, TimeSpan.FromSeconds(30), [counts]), options).Report;
    }
}
