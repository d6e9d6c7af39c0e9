using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Runs;
using CsCheck;
using static CanaryAnalyzer.Core.Tests.Analysis.Runs.RunScenario;

namespace CanaryAnalyzer.Core.Tests.Analysis.Runs;

public sealed class RunAssessorPropertyTests
{
    private static readonly string[] Specs =
    [
        Metric("a", ", \"interval\": \"1m\", \"count\": 4, \"failureLimit\": 1"),
        Metric("b", ", \"interval\": \"7s\", \"failureLimit\": 2, \"inconclusiveLimit\": 1"),
        Metric("c", ", \"initialDelay\": \"90s\""),
        Metric("d", ", \"interval\": \"1s\", \"consecutiveSuccessLimit\": 3, \"failureLimit\": -1"),
        Comparison("e"),
        Metric("f", ", \"count\": 3"),
    ];

    private static readonly string[] Values = ["1", "\"x\"", "null", "[]", "{}", "[1]", "[{}]", "[{\"name\": \"a\"}]", "-3", "true"];

    private static readonly Gen<(string Spec, bool Dry)> Spec = Gen.Select(Gen.Int[0, Specs.Length - 1].Array[0, 4], Gen.Bool).Select((picks, dry) =>
        (string.Join(',', picks.Distinct().Select(pick => Specs[pick])), dry));

    private static readonly Gen<(int Pick, AnalysisPhase Phase, int Seconds, bool Terminate)[]> Steps =
        Gen.Select(Gen.Int[0, 9], Gen.Enum<AnalysisPhase>(), Gen.Int[0, 200], Gen.Int[0, 19].Select(dice => dice == 0)).Array[0, 40];

    [Fact]
    public void Any_course_of_answers_keeps_the_rules() =>
        Gen.Select(Spec, Steps).Sample((spec, steps) =>
        {
            var run = Of(spec.Spec, spec.Dry ? ", \"dryRun\": [{\"metricName\": \"a|e\"}]" : "");
            var asked = new List<MeasurementSlot>();
            var counted = ImmutableDictionary<string, int>.Empty;
            run.Look();
            foreach (var step in steps)
            {
                var before = run.Status;
                run.Terminate |= step.Terminate;
                run.Wait(TimeSpan.FromSeconds(step.Seconds));
                asked.AddRange(run.Due.Select(due => due.Slot));
                var answers = asked.Count == 0 ? [] : new[] { run.AnswerTo(asked[step.Pick % asked.Count], step.Phase, "m", TimeSpan.FromSeconds(step.Pick)) };
                var same = RunAssessor.Assess(run.Run(), answers, run.Now);
                var decision = run.Look(answers);

                Assert.Equal(RunStatusJson.Write(same.NextStatus).ToJsonString(), RunStatusJson.Write(decision.NextStatus).ToJsonString());
                Assert.Equal(same.Due.AsEnumerable(), decision.Due);
                if (before.Phase.IsCompleted()) Assert.Equal(RunStatusJson.Write(before).ToJsonString(), RunStatusJson.Write(decision.NextStatus).ToJsonString());
                Assert.Equal(decision.NextStatus.Phase.IsCompleted(), decision.NextStatus.CompletedAt is not null);
                Assert.Equal(decision.Due.Length, decision.Due.Select(due => due.Slot.Metric).Distinct().Count());
                if (!decision.NextStatus.Phase.IsCompleted()) Assert.NotEmpty(decision.Due);
                foreach (var result in decision.NextStatus.MetricResults)
                {
                    Assert.Equal(result.Count, result.Successful + result.Failed + result.Inconclusive);
                    Assert.InRange(result.Ended, counted.GetValueOrDefault(result.Name), counted.GetValueOrDefault(result.Name) + 1);
                    counted = counted.SetItem(result.Name, result.Ended);
                    if (before.Result(result.Name) is { Phase: var phase } && phase.IsCompleted()) Assert.Equal(phase, result.Phase);
                }
            }
        }, iter: 600, seed: "0000C0FFEE01");

    // A status may take in an answer long after it came, together with those that followed from it.
    [Fact]
    public void Answers_of_several_rounds_taken_in_at_once_give_the_status_of_one_after_the_other() =>
        Gen.Select(Spec, Steps, Gen.Int[0, 20]).Sample((spec, steps, first) =>
        {
            var run = Of(spec.Spec, spec.Dry ? ", \"dryRun\": [{\"metricName\": \"a|e\"}]" : "");
            run.Look();
            var waiting = new List<MeasurementAnswer>();
            var stored = run.Run();
            foreach (var (index, step) in steps.Index())
            {
                if (index == first) (stored, waiting) = (run.Run(), []);
                run.Wait(TimeSpan.FromSeconds(step.Seconds));
                if (run.Due.IsEmpty) break;
                var answer = run.AnswerTo(run.Due[step.Pick % run.Due.Length].Slot, step.Phase, "m", TimeSpan.FromSeconds(step.Pick));
                waiting.Add(answer);
                run.Look(answer);
            }

            run.Wait(TimeSpan.FromMinutes(5));
            var atOnce = RunAssessor.Assess(stored, waiting, run.Now);

            Assert.Equal(Text(run.Status), Text(atOnce.NextStatus));
            Assert.Equal(run.Due.AsEnumerable(), atOnce.Due);
        }, iter: 2_000, seed: "0000C0FFEE01");

    [Fact]
    public void Any_json_is_read_and_assessed() =>
        Gen.Select(Gen.String, Gen.Int[0, 5], Gen.Int[0, Values.Length - 1].Select(pick => Values[pick])).Sample((text, place, value) =>
        {
            var field = new[] { "metrics", "args", "dryRun", "measurementRetention", "ttlStrategy", "terminate" }[place];
            var name = System.Text.Json.JsonSerializer.Serialize(text);
            var run = new RunScenario($$"""{"{{field}}": {{value}}, "other": {{name}}, "metrics": [{"name": {{name}}, "interval": {{value}}, "count": {{value}}, "successCondition": {{name}}, "provider": {{value}}}]}""");
            run.Look();
            return run.Status.Phase is AnalysisPhase.Error && run.Status.Message.Length > 0;
        }, iter: 2_000, seed: "0000C0FFEE01");

    // When it ended is when its end was assessed.
    private static string Text(RunStatus status) => RunStatusJson.Write(status with { CompletedAt = null }).ToJsonString();
}
