using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates;
using static CanaryAnalyzer.Core.Analysis.Runs.AnalysisPhase;
using static CanaryAnalyzer.Core.Tests.Analysis.Runs.RunScenario;

namespace CanaryAnalyzer.Core.Tests.Analysis.Runs;

public sealed class RunAssessorTests
{
    [Fact]
    public void First_look_starts_the_run_and_asks_each_metric()
    {
        var run = Of(Metric("a") + "," + Metric("b", ", \"initialDelay\": \"30s\""));
        var decision = run.Look();
        Assert.Equal(Running, decision.NextStatus.Phase);
        Assert.Equal(Start, decision.NextStatus.StartedAt);
        Assert.Equal([("a", Start), ("b", Start.AddSeconds(30))], decision.Due.Select(due => (due.Slot.Metric, due.At)));
    }

    [Fact]
    public void One_measurement_without_interval_and_count_ends_the_run()
    {
        var run = Of(Metric()).Answer(Successful);
        Assert.Equal(Successful, run.Status.Phase);
        Assert.Equal(Start, run.Status.CompletedAt);
        Assert.Equal(new RunSummary(1, Successful: 1), run.Status.Summary);
        Assert.Equal(["MetricSuccessful", "AnalysisRunSuccessful"], run.Events.Select(one => one.Reason));
        Assert.Equal(["Metric 'rate' Completed. Result: Successful", "Analysis completed. Result: Successful"], run.Events.Select(one => one.Message));
        Assert.Empty(run.Due);
        Assert.True(run.Run().ProvesSuccess);
    }

    [Theory]
    [InlineData("", "FFF", Failed, "Metric \"rate\" assessed Failed due to failed (1) > failureLimit (0)")]
    [InlineData(", \"failureLimit\": 2, \"count\": 5", "FSFF", Failed, "Metric \"rate\" assessed Failed due to failed (3) > failureLimit (2)")]
    [InlineData(", \"failureLimit\": 2, \"count\": 5", "FSFSS", Successful, "")]
    [InlineData(", \"failureLimit\": \"2\", \"count\": \"3\"", "FFS", Successful, "")]
    [InlineData(", \"count\": 3", "SIS", Inconclusive, "Metric \"rate\" assessed Inconclusive due to inconclusive (1) > inconclusiveLimit (0)")]
    [InlineData(", \"count\": 3, \"inconclusiveLimit\": 1", "SIS", Successful, "")]
    [InlineData(", \"count\": 1", "EEEES", Successful, "")]
    [InlineData(", \"count\": 1", "EEEEE", Error, "Metric \"rate\" assessed Error due to consecutiveErrors (5) > consecutiveErrorLimit (4)")]
    [InlineData(", \"count\": 9, \"consecutiveErrorLimit\": 1", "ESESEE", Error, "Metric \"rate\" assessed Error due to consecutiveErrors (2) > consecutiveErrorLimit (1)")]
    [InlineData(", \"consecutiveSuccessLimit\": 2, \"failureLimit\": 9", "SFSS", Successful, "")]
    [InlineData(", \"consecutiveSuccessLimit\": 2, \"failureLimit\": -1", "FFFFSFSS", Successful, "")]
    [InlineData(", \"consecutiveSuccessLimit\": 2, \"failureLimit\": -1, \"count\": 4", "FSFS", Failed, "")]
    [InlineData(", \"consecutiveSuccessLimit\": 2, \"failureLimit\": 2, \"count\": 4", "FSFS", Inconclusive, "")]
    public void Limits_decide_how_a_metric_ends(string more, string answers, AnalysisPhase expected, string message)
    {
        var run = Of(Metric("rate", ", \"interval\": \"1m\"" + more));
        foreach (var letter in answers.TakeWhile(_ => !run.Status.Phase.IsCompleted())) run.Answer(Phase(letter));
        Assert.Equal(expected, run.Status.Phase);
        Assert.Equal(message, run.Status.Message);
    }

    [Fact]
    public void Measurements_after_the_one_that_broke_a_limit_do_not_count()
    {
        var run = Of(Metric("a", ", \"interval\": \"10s\", \"failureLimit\": 1") + "," + Metric("b", ", \"interval\": \"10s\""));
        run.Look();
        var answers = Enumerable.Range(0, 4).SelectMany(round => new[] { Answer(round, "a", Failed), Answer(round, "b", Successful) }).ToArray();
        run.Wait(TimeSpan.FromMinutes(1)).Look(answers);

        Assert.Equal("Metric \"a\" assessed Failed due to failed (2) > failureLimit (1)", run.Status.Message);
        Assert.Equal((2, 2), (run.Status.Result("a")?.Count, run.Status.Result("b")?.Count));
        Assert.Equal(["MetricFailed", "MetricSuccessful", "AnalysisRunFailed"], run.Events.Select(one => one.Reason));

        MeasurementAnswer Answer(int round, string metric, AnalysisPhase phase) => run.AnswerTo(new MeasurementSlot(metric, round, MeasurementKind.Start, null), phase);
    }

    [Fact]
    public void Run_is_not_ended_before_its_last_answer()
    {
        var run = Of(Metric("rate", ", \"interval\": \"1m\", \"count\": 3"));
        run.Answer(Successful).Answer(Successful);
        Assert.Equal(Running, run.Status.Phase);
        run.Answer(Successful);
        Assert.Equal(Successful, run.Status.Phase);
        Assert.Equal(Start.AddMinutes(2), run.Status.CompletedAt);
    }

    [Fact]
    public void Next_measurement_is_due_an_interval_after_the_last_or_ten_seconds_after_an_error()
    {
        var run = Of(Metric("rate", ", \"interval\": \"1m\""));
        Assert.Equal(Start.AddMinutes(1), Assert.Single(run.Answer(Successful).Due).At);
        Assert.Equal(Start.AddSeconds(70), Assert.Single(run.Answer(Error).Due).At);
        Assert.Equal(Start.AddSeconds(130), Assert.Single(run.Answer(Successful).Due).At);
    }

    [Fact]
    public void Next_measurement_after_an_error_is_due_no_sooner_than_the_provider_asked_for()
    {
        var run = Of(Metric("rate", ", \"interval\": \"1m\", \"consecutiveErrorLimit\": 9"));
        Assert.Equal(Start.AddMinutes(5), Assert.Single(run.Answer(Error, resumeIn: TimeSpan.FromMinutes(5)).Due).At);
        Assert.Equal(Start.AddMinutes(5).AddSeconds(10), Assert.Single(run.Answer(Error, resumeIn: TimeSpan.FromSeconds(3)).Due).At);
        Assert.Equal(2, run.Status.Result("rate")?.ConsecutiveError);
    }

    [Fact]
    public void Message_of_the_last_measurement_explains_the_run()
    {
        var run = Of(Metric("a")).Answer(Failed, "a", "too slow");
        Assert.Equal("Metric \"a\" assessed Failed due to failed (1) > failureLimit (0): \"Error Message: too slow\"", run.Status.Message);
        Assert.Equal("too slow", run.Status.Result("a")?.Message);
        Assert.True(run.Events[0].IsWarning);
    }

    [Fact]
    public void Worst_metric_decides_and_ends_the_others()
    {
        var run = Of(Metric("a", ", \"interval\": \"1m\"") + "," + Metric("b", ", \"interval\": \"1m\"") + "," + Metric("c", ", \"initialDelay\": \"1h\""));
        run.Answer(Successful, "a").Answer(Failed, "b");
        Assert.Equal(Failed, run.Status.Phase);
        Assert.Equal(Successful, run.Status.Result("a")?.Phase);
        Assert.Null(run.Status.Result("c"));
        Assert.Equal(new RunSummary(3, Successful: 1, Failed: 1), run.Status.Summary);
    }

    [Fact]
    public void Termination_before_anything_was_measured_is_successful_and_proves_nothing()
    {
        var run = Of(Metric());
        run.Look();
        run.Terminate = true;
        run.Look();
        Assert.Equal(Successful, run.Status.Phase);
        Assert.Equal("Run Terminated", run.Status.Message);
        Assert.False(run.Run().ProvesSuccess);
    }

    [Fact]
    public void Termination_ends_a_running_measurement_first()
    {
        var run = Of(Comparison());
        run.Answer(Running, "compare", resumeIn: TimeSpan.FromMinutes(1));
        run.Terminate = true;
        run.Look();
        Assert.Equal(Running, run.Status.Phase);
        var due = Assert.Single(run.Due);
        Assert.Equal(MeasurementKind.Terminate, due.Slot.Kind);
        Assert.True(due.At <= run.Now);
        run.Look(run.AnswerTo(due.Slot, Successful, "no harm was shown"));
        Assert.Equal(Successful, run.Status.Phase);
        Assert.Equal("Metric Terminated: no harm was shown", run.Status.Result("compare")?.Measurements[0].Message);
    }

    [Fact]
    public void Failing_metric_ends_a_comparison_too()
    {
        var run = Of(Comparison() + "," + Metric());
        run.Answer(Running, "compare", resumeIn: TimeSpan.FromMinutes(1)).Answer(Failed);
        Assert.Equal(Running, run.Status.Phase);
        Assert.Equal(MeasurementKind.Terminate, Assert.Single(run.Due).Slot.Kind);
        run.Answer(Running, "compare");
        Assert.Equal(Failed, run.Status.Phase);
        Assert.Equal(Inconclusive, run.Status.Result("compare")?.Phase);
        Assert.Equal("Metric \"rate\" assessed Failed due to failed (1) > failureLimit (0)", run.Status.Message);
    }

    [Fact]
    public void Comparison_is_resumed_when_it_asks_to_be()
    {
        var run = Of(Comparison());
        run.Answer(Running, "compare", resumeIn: TimeSpan.FromSeconds(30));
        var due = Assert.Single(run.Due);
        Assert.Equal((MeasurementKind.Resume, Start.AddSeconds(30)), (due.Slot.Kind, due.At));
        run.Answer(Running, "compare", resumeIn: TimeSpan.FromSeconds(30)).Answer(Failed, "compare", "errors: canary 4.8 %");
        Assert.Equal(Failed, run.Status.Phase);
        Assert.Single(run.Status.Result("compare")!.Measurements);
        Assert.Equal("Metric \"compare\" assessed Failed due to failed (1) > failureLimit (0): \"Error Message: errors: canary 4.8 %\"", run.Status.Message);
    }

    [Fact]
    public void Resumption_is_never_due_at_once()
    {
        var run = Of(Comparison());
        run.Answer(Running, "compare", resumeIn: TimeSpan.FromMinutes(-1));
        Assert.True(Assert.Single(run.Due).At > run.Now);
    }

    [Fact]
    public void Dry_run_metric_has_no_consequence()
    {
        var run = Of(Metric("a", ", \"interval\": \"1m\", \"count\": 2") + "," + Metric("dry-b"), ", \"dryRun\": [{\"metricName\": \"^dry-\"}]");
        run.Answer(Failed, "dry-b", "bad").Answer(Successful, "a");
        Assert.Equal(Running, run.Status.Phase);
        run.Answer(Successful, "a");
        Assert.Equal(Successful, run.Status.Phase);
        Assert.Equal(new RunSummary(1, Successful: 1), run.Status.Summary);
        Assert.Equal(new RunSummary(1, Failed: 1), run.Status.DryRunSummary);
        Assert.Equal("Metric assessed Failed due to failed (1) > failureLimit (0)", run.Status.Result("dry-b")?.Message);
        Assert.True(run.Run().ProvesSuccess);
    }

    [Fact]
    public void Run_of_dry_run_metrics_alone_is_successful_and_proves_nothing()
    {
        var run = Of(Metric(), ", \"dryRun\": [{\"metricName\": \".*\"}]").Answer(Failed);
        Assert.Equal(Successful, run.Status.Phase);
        Assert.False(run.Run().ProvesSuccess);
    }

    [Fact]
    public void Success_within_the_limits_proves_nothing_where_nothing_succeeded()
    {
        var run = Of(Metric("rate", ", \"failureLimit\": 1")).Answer(Failed);
        Assert.Equal(Successful, run.Status.Phase);
        Assert.False(run.Run().ProvesSuccess);
    }

    [Theory]
    [InlineData("", 10)]
    [InlineData(", \"measurementRetention\": [{\"metricName\": \"ra.e\", \"limit\": 3}]", 3)]
    public void Old_measurements_are_dropped_and_the_counters_stay(string more, int kept)
    {
        var run = Of(Metric("rate", ", \"interval\": \"1m\""), more);
        for (var i = 0; i < 15; i++) run.Answer(Successful, message: $"no. {i}");
        var result = run.Status.Result("rate")!;
        Assert.Equal((kept, 15, "no. 14"), (result.Measurements.Length, result.Count, result.LastMeasurement!.Message));
    }

    [Fact]
    public void Status_stays_small()
    {
        var run = Of(Metric("rate", ", \"interval\": \"1m\""), ", \"measurementRetention\": [{\"metricName\": \"rate\", \"limit\": 1000}]");
        for (var i = 0; i < 60; i++) run.Answer(Successful, message: new string('x', 3000));
        Assert.True(RunStatusJson.Write(run.Status).ToJsonString().Length <= StatusSize.Most);
        Assert.Equal(60, run.Status.Result("rate")!.Count);
        Assert.True(run.Status.Result("rate")!.Measurements.Length > 10);
    }

    [Fact]
    public void Answer_counts_once()
    {
        var run = Of(Metric("rate", ", \"interval\": \"1m\""));
        var slot = Assert.Single(run.Look().Due).Slot;
        var answer = run.AnswerTo(slot, Successful);
        run.Look(answer, answer);
        run.Look(answer);
        Assert.Equal(1, run.Status.Result("rate")?.Count);
        run.Look(run.AnswerTo(slot with { Metric = "other" }, Failed));
        Assert.Equal(Running, run.Status.Phase);
    }

    [Fact]
    public void Status_without_news_is_the_same_instance_and_its_spec_is_planned_once()
    {
        var scenario = Of(Metric("a", ", \"interval\": \"1m\"") + "," + Comparison());
        scenario.Answer(Running, "compare", resumeIn: TimeSpan.FromSeconds(30)).Answer(Successful, "a");
        var run = scenario.Run();
        Assert.Same(run.Status, RunAssessor.Assess(run, [], scenario.Now.AddSeconds(20)).NextStatus);
        Assert.Same(run.Status, RunAssessor.Assess(run, [scenario.AnswerTo(new MeasurementSlot("a", 0, MeasurementKind.Start, null), Failed)], scenario.Now).NextStatus);
        Assert.Same(RunPlan.Of(run).Metrics[0], RunPlan.Of(run with { Status = RunStatus.New }).Metrics[0]);
    }

    [Fact]
    public void Status_holds_no_explanation()
    {
        var run = Of(Metric());
        var answer = run.AnswerTo(Assert.Single(run.Look().Due).Slot, Successful);
        run.Look(answer with { Measurement = answer.Measurement with { Explanation = "{}" } });
        Assert.Null(run.Status.Result("rate")!.LastMeasurement!.Explanation);
    }

    [Theory]
    [InlineData(Successful, 20)]
    [InlineData(Failed, 10)]
    [InlineData(Inconclusive, 30)]
    public void Ended_run_is_deleted_when_its_time_is_over(AnalysisPhase phase, int seconds)
    {
        var run = Of(Metric(), ", \"ttlStrategy\": {\"secondsAfterCompletion\": 30, \"secondsAfterFailure\": 10, \"secondsAfterSuccess\": 20}").Answer(phase);
        Assert.Equal(Start.AddSeconds(seconds), run.Last.LookAgainAt);
        Assert.False(run.Wait(TimeSpan.FromSeconds(seconds - 1)).Look().Delete);
        Assert.True(run.Wait(TimeSpan.FromSeconds(1)).Look().Delete);
    }

    [Fact]
    public void Invalid_spec_ends_in_an_error_with_a_time_of_completion()
    {
        var run = Of(Metric("rate", ", \"count\": 2"));
        run.Look();
        Assert.Equal(Error, run.Status.Phase);
        Assert.Equal("Analysis spec invalid: spec.metrics[0].interval: is required where count is more than 1; write a duration such as 30s", run.Status.Message);
        Assert.Equal(Start, run.Status.CompletedAt);
        Assert.Equal(["AnalysisRunError"], run.Events.Select(one => one.Reason));
    }

    [Fact]
    public void Missing_argument_ends_in_an_error_that_names_it()
    {
        var run = Of(Metric("rate").Replace("\"up\"", "\"up{pod='{{args.pod}}'}\"", StringComparison.Ordinal), ", \"args\": [{\"name\": \"pod\"}]");
        run.Look();
        Assert.Equal("Unable to resolve metric arguments: args.pod was not resolved", run.Status.Message);
    }

    [Fact]
    public void Instants_are_whole_seconds_rounded_up()
    {
        var run = Of(Metric()).Wait(TimeSpan.FromMilliseconds(250));
        run.Look();
        Assert.Equal(Start.AddSeconds(1), run.Status.StartedAt);
        Assert.Equal("2024-05-17T09:30:01Z", RunStatusJson.Write(run.Status)["startedAt"]!.GetValue<string>());
    }

    internal static AnalysisPhase Phase(char letter) => letter switch { 'S' => Successful, 'F' => Failed, 'I' => Inconclusive, 'R' => Running, _ => Error };
}
