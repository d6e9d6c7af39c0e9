using System.Text;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Rules;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Rules;

public sealed class ReleaseRecordTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_short_release_is_recorded_whole()
    {
        var json = Write(["web:2"], "errors: alike", ["a person promoted a judged pause"], 2, new JudgedVerdict("errors: alike", VerdictReason.Safe, 7, 0.41234, double.PositiveInfinity, Now, null, true));

        Assert.Equal(
            """{"revision":3,"hash":"abc","images":["web:2"],"startedAt":"2026-03-01T10:00:00Z","endedAt":"2026-03-01T11:00:00Z","outcome":"Promoted","by":"person","message":"errors: alike","weights":[{"weight":0,"at":"2026-03-01T10:00:00Z"},{"weight":1,"at":"2026-03-01T10:01:00Z"}],"policy":"web","run":"web-abc-3-1","verdict":"Promote","sentence":"errors: alike","look":7,"evidence":0.412,"overruled":["a person promoted a judged pause"]}""",
            json);
    }

    [Theory]
    [InlineData(5000, "x")]
    [InlineData(5000, "ü")]
    [InlineData(2500, "😀")]
    [InlineData(3000, "\"")]
    public void However_long_its_parts_a_record_fits_and_can_be_read(int length, string letter)
    {
        var text = string.Concat(Enumerable.Repeat(letter, length));

        var json = Write([.. Enumerable.Repeat(text, 40)], text, [.. Enumerable.Repeat(text, 5)], 12, new JudgedVerdict(text, VerdictReason.Safe, 7, double.NaN, 100, Now, null, true));

        Assert.InRange(Encoding.UTF8.GetByteCount(json), 1, 2048);
        var record = JsonNode.Parse(json)!;
        Assert.Equal((3, "Promoted", "Promote"), (record["revision"]!.GetValue<int>(), record["outcome"]!.GetValue<string>(), record["verdict"]!.GetValue<string>()));
        Assert.StartsWith(letter, record["sentence"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', json);
    }

    private static string Write(string[] images, string message, string[] overruled, int weights, JudgedVerdict verdict)
    {
        var release = new ReleaseStatus
        {
            StartedAt = Now,
            LastRun = "web-abc-3-release",
            LastPolicy = "web",
            LastPauseRun = "web-abc-3-1",
            Weights = [.. Enumerable.Range(0, weights).Select(i => new WeightChange(i, Now.AddMinutes(i)))],
            Overruled = [.. overruled],
        };
        var run = new AnalysisRunObservation { Name = "web-abc-3-1", Kind = AnalysisRunKind.Pause, Phase = AnalysisPhase.Successful, ProvesSuccess = true, Verdict = verdict };
        var version = new ReplicaSetObservation { Name = "web-abc", Hash = "abc", Images = [.. images] };
        return new ReleaseRecord { Release = release, Hash = "abc", Outcome = "Promoted", By = "person", Message = message }.Write(version, 3, [run], Now.AddHours(1));
    }
}
