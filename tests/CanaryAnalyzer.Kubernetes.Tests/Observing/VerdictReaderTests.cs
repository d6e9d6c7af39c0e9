using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Tests.Observing;

public sealed class VerdictReaderTests
{
    private static readonly DateTimeOffset LookedAt = new(2026, 3, 1, 10, 5, 0, TimeSpan.Zero);

    [Fact]
    public void What_the_judge_wrote_is_read_whole()
    {
        var report = Look();

        var verdict = VerdictReader.Read(Run(("errors", VerdictJson.Write(report, at: LookedAt))))!;

        Assert.Equal((report.Look, report.Reason, LookedAt, report.HasMinRequests), (verdict.Look, verdict.Reason, verdict.LookedAt, verdict.HasMinimumRequests));
        Assert.Equal(report.Evidence, verdict.Evidence!.Value, report.Evidence * 1e-3);
        Assert.Equal(report.Threshold, verdict.Threshold!.Value, 0.1);
        Assert.Equal(report.DetectableRatio is null, verdict.SmallestRatio is null);
        Assert.Equal("the sentence", verdict.Sentence);
    }

    [Fact]
    public void A_comparison_that_has_not_looked_yet_keeps_the_others_from_speaking_for_it()
    {
        var verdict = VerdictReader.Read(Run(("errors", VerdictJson.Write(Look(), at: LookedAt)), ("latency", null)))!;

        Assert.Equal(VerdictReason.QueryError, verdict.Reason);
        Assert.Null(verdict.LookedAt);
        Assert.Null(verdict.SmallestRatio);
        Assert.False(verdict.HasMinimumRequests);
    }

    [Fact]
    public void Without_any_look_there_is_no_verdict() => Assert.Null(VerdictReader.Read(Run(("errors", null))));

    [Fact]
    public void A_value_that_is_no_verdict_is_none() => Assert.Null(VerdictReader.Read(Run(("errors", "[0.99"))));

    [Theory]
    [InlineData("\"reason\":\"Safe\"", "\"reason\":\"Guessed\"", "unknown reason \"Guessed\"")]
    [InlineData("\"verdict\":\"Promote\"", "\"verdict\":\"Perhaps\"", "unknown verdict \"Perhaps\"")]
    public void A_verdict_that_is_not_understood_keeps_the_others_from_speaking_for_it_and_says_why(string known, string unknown, string says)
    {
        const string Good = """{"verdict":"Promote","reason":"Safe","look":7,"evidence":0.2,"threshold":100,"at":"2026-03-01T10:05:00Z","hasMinRequests":true}""";
        var verdict = VerdictReader.Read(Run(("errors", Good), ("latency", Good.Replace(known, unknown, StringComparison.Ordinal))))!;

        Assert.Equal((VerdictReason.QueryError, null), (verdict.Reason, verdict.LookedAt));
        Assert.Contains(says, verdict.Sentence, StringComparison.Ordinal);
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

    private static AnalysisRun Run(params (string Name, string? Value)[] comparisons)
    {
        var metrics = new JsonArray([.. comparisons.Select(c => JsonNode.Parse("""
            {"name": "NAME", "provider": {"plugin": {"canaryanalyzer/compare": {"address": "http://p:9090", "measures": [{"name": "errors", "errorRate": {"requests": "r", "errors": "e"}}]}}}}
            """.Replace("NAME", c.Name, StringComparison.Ordinal)))]);
        var results = new JsonArray([.. comparisons.Where(c => c.Value is not null).Select(c => new JsonObject
        {
            ["name"] = c.Name,
            ["phase"] = "Running",
            ["measurements"] = new JsonArray(new JsonObject { ["phase"] = "Running", ["startedAt"] = "2026-03-01T10:00:00Z", ["value"] = c.Value, ["message"] = "the sentence" }),
        })]);
        var resource = new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "run", ["namespace"] = "team", ["uid"] = "uid" },
            ["spec"] = new JsonObject { ["metrics"] = metrics },
            ["status"] = new JsonObject { ["phase"] = "Running", ["startedAt"] = "2026-03-01T10:00:00Z", ["metricResults"] = results },
        };
        Assert.True(AnalysisRunJson.TryRead(JsonSerializer.SerializeToElement(resource), out var run));
        return run;
    }
}
