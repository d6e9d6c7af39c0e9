using CanaryAnalyzer.Core.Analysis.Runs;
using CsCheck;
using static CanaryAnalyzer.Core.Analysis.Runs.AnalysisPhase;
using static CanaryAnalyzer.Core.Tests.Analysis.Runs.RunScenario;

namespace CanaryAnalyzer.Core.Tests.Analysis.Runs;

public sealed class MeasurementGridTests
{
    [Fact]
    public void Schedule_does_not_drift_with_late_asks_and_slow_answers()
    {
        var run = Of(Metric("rate", ", \"interval\": \"10s\""));
        run.Look();
        for (var k = 0; k <= 100; k++) Assert.Equal(Start.AddSeconds(10 * k), Take(run, late: 0.03 * (k % 7), takes: 0.4).DueAt);
    }

    [Theory]
    [InlineData("1s", 1)]
    [InlineData("500ms", 1)]
    [InlineData("1500ms", 2)]
    [InlineData("7s", 7)]
    public void Interval_is_kept_in_whole_seconds(string interval, int seconds)
    {
        var run = Of(Metric("rate", $", \"interval\": \"{interval}\", \"initialDelay\": \"2500ms\""));
        run.Look();
        for (var k = 0; k < 20; k++) Assert.Equal(Start.AddSeconds(3 + (seconds * k)), Take(run, late: 0.2, takes: 0.3).DueAt);
    }

    [Theory]
    [InlineData(9.9, 10)]
    [InlineData(10.1, 20)]
    [InlineData(34, 40)]
    public void Instants_that_pass_while_a_provider_answers_are_left_out(double takes, int next)
    {
        var run = Of(Metric("rate", ", \"interval\": \"10s\""));
        run.Look();
        Take(run, late: 0, takes);
        Assert.Equal(Start.AddSeconds(next), Assert.Single(run.Due).At);
    }

    [Theory]
    [InlineData(3, 13, 20)]
    [InlineData(4.2, 15, 20)]
    [InlineData(7, 17, 30)]
    [InlineData(3600, 3610, 3620)]
    public void Late_measurement_is_followed_by_one_on_the_grid_half_an_interval_later_at_the_soonest(double late, int startedAt, int next)
    {
        var run = Of(Metric("rate", ", \"interval\": \"10s\""));
        run.Look();
        Take(run, late: 0, takes: 0.1);
        Take(run, late, takes: 0.1);
        Assert.Equal(Start.AddSeconds(startedAt), run.Status.Result("rate")!.LastMeasurement!.StartedAt);
        Assert.Equal(Start.AddSeconds(next), Assert.Single(run.Due).At);
        Take(run, late: 0, takes: 0.1);
        Assert.Equal(Start.AddSeconds(next + 10), Assert.Single(run.Due).At);
    }

    [Fact]
    public void After_an_error_a_new_grid_begins_with_the_measurement_that_repeats_it()
    {
        var run = Of(Metric("rate", ", \"interval\": \"1m\""));
        run.Look();
        Take(run, late: 0, takes: 0.4);
        Take(run, late: 0.1, takes: 30, Error);
        Assert.Equal(Start.AddSeconds(60 + 31 + 10), Assert.Single(run.Due).At);
        Take(run, late: 0.1, takes: 0.4);
        Assert.Equal(Start.AddSeconds(101 + 60), Assert.Single(run.Due).At);
    }

    [Fact]
    public void No_measurement_is_due_sooner_than_an_interval_after_the_one_before() =>
        Gen.Select(Gen.Int[1, 90], Gen.Select(Gen.Int[0, 400], Gen.Int[0, 400], Gen.Int[0, 9]).Array[1, 20]).Sample((interval, steps) =>
        {
            var run = Of(Metric("rate", $", \"interval\": \"{interval}s\", \"consecutiveErrorLimit\": 99"));
            run.Look();
            var from = (DateTimeOffset?)null;
            foreach (var (late, takes, dice) in steps)
            {
                // Mostly on time and quick, now and then up to 40 s late or slow.
                var (due, phase) = Take(run, late: dice > 6 ? late / 10d : late / 500d, takes: dice < 2 ? takes / 10d : takes / 1000d, dice == 5 ? Error : Successful);
                var next = Assert.Single(run.Due).At;
                Assert.Equal(next, Assert.Single(RunAssessor.Assess(run.Run(), [], run.Now).Due).At);
                Assert.Equal(0, next.Ticks % TimeSpan.TicksPerSecond);
                if (phase == Error)
                {
                    from = null;
                    continue;
                }

                from ??= due;
                Assert.True(next >= due.AddSeconds(interval));
                Assert.Equal(0, (next - from.Value).Ticks % TimeSpan.FromSeconds(interval).Ticks);
                Assert.True(next <= run.Now.AddSeconds(1 + (1.5 * interval)) || next == due.AddSeconds(interval));
            }
        }, iter: 400, seed: "0000C0FFEE01");

    /// <summary>Takes the measurement that is due, and returns when it was.</summary>
    private static (DateTimeOffset DueAt, AnalysisPhase Phase) Take(RunScenario run, double late, double takes, AnalysisPhase phase = Successful)
    {
        var due = Assert.Single(run.Due);
        run.Wait(due.At.AddSeconds(late) - run.Now);
        var answer = run.AnswerTo(due.Slot, phase);
        run.Wait(TimeSpan.FromSeconds(takes)).Look(answer with { Measurement = answer.Measurement with { FinishedAt = run.Now } });
        return (due.At, phase);
    }
}
