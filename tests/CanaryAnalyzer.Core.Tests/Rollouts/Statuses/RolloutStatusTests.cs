using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Gates;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Statuses;

public sealed class RolloutStatusTests
{
    private static readonly RolloutStatus AtAPause = new()
    {
        CurrentStepIndex = 1,
        StableHash = "v1",
        CurrentPodHash = "v2",
        PauseConditions = [new PauseCondition(PauseCondition.CanaryPauseStep, DateTimeOffset.UnixEpoch)],
        ControllerPause = true,
        StepRun = new AnalysisRunReference("web-v2-2-1", AnalysisPhase.Running, ""),
        BackgroundRun = new AnalysisRunReference("web-v2-2", AnalysisPhase.Running, ""),
        Gate = new GateStatus { Policy = "web" },
        Release = new ReleaseStatus { StartedAt = DateTimeOffset.UnixEpoch, LastRun = "web-v2-2-1" },
    };

    [Fact]
    public void A_step_that_is_left_takes_its_pause_its_run_and_its_gate_with_it() =>
        Assert.Equal(
            new RolloutStatus
            {
                CurrentStepIndex = 1,
                StableHash = "v1",
                CurrentPodHash = "v2",
                BackgroundRun = AtAPause.BackgroundRun,
                Release = AtAPause.Release,
            },
            AtAPause.LeaveStep());

    [Fact]
    public void The_run_beside_the_steps_goes_with_the_last_of_them() =>
        Assert.Equal(AtAPause.LeaveStep() with { BackgroundRun = null }, AtAPause.LeaveSteps());
}
