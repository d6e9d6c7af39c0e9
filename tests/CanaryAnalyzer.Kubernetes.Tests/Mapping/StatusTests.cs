using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Gates;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Kubernetes.Mapping;

namespace CanaryAnalyzer.Kubernetes.Tests.Mapping;

public sealed class StatusTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_status_comes_back_as_it_was_written()
    {
        var status = Full();
        var resource = new JsonObject { ["status"] = StatusWriter.Patch(null, status, RolloutReader.Read(SeedManifests.Rollout()).Spec!.Strategy.Services) };

        var again = StatusReader.Read(resource);

        Assert.Equal(status with { Conditions = again.Conditions, PauseConditions = again.PauseConditions, WeightChanges = again.WeightChanges, Release = again.Release }, again);
        Assert.Equal(status.Conditions, again.Conditions);
        Assert.Equal(status.PauseConditions, again.PauseConditions);
        Assert.Equal(status.WeightChanges, again.WeightChanges);
        Assert.Equal(JsonSerializer.Serialize(status.Release), JsonSerializer.Serialize(again.Release));
        Assert.Null(StatusWriter.Patch((JsonObject)resource["status"]!, again, RolloutReader.Read(SeedManifests.Rollout()).Spec!.Strategy.Services));
    }

    [Fact]
    public void Only_what_changed_is_written_and_what_is_gone_is_removed()
    {
        var services = RolloutReader.Read(SeedManifests.Rollout()).Spec!.Strategy.Services;
        var before = StatusWriter.Patch(null, Full(), services)!;
        before["restartedAt"] = "2026-01-01T00:00:00Z";
        before["canary"]!["currentExperiment"] = "other";

        var patch = StatusWriter.Patch(before, Full() with { Abort = false, StepRun = null, Gate = null, Release = null, AvailableReplicas = 5 }, services)!;

        Assert.Equal(
            """{"availableReplicas":5,"abort":null,"canaryAnalyzer":null,"canary":{"currentStepAnalysisRunStatus":null,"release":null}}""", Sorted(patch).ToJsonString());
    }

    [Fact]
    public void Instants_between_two_seconds_are_rounded_up()
    {
        var patch = StatusWriter.Patch(null, new RolloutStatus { AbortedAt = Now.AddMilliseconds(1) }, null)!;

        Assert.Equal("2026-03-01T10:00:01Z", patch["abortedAt"]!.GetValue<string>());
    }

    private static JsonObject Sorted(JsonObject patch)
    {
        string[] order = ["availableReplicas", "abort", "canaryAnalyzer", "canary"];
        return new JsonObject(patch.OrderBy(m => Array.IndexOf(order, m.Key)).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
    }

    private static RolloutStatus Full() => new()
    {
        Abort = true,
        AbortedAt = Now,
        PauseConditions = [new PauseCondition(PauseCondition.CanaryPauseStep, Now)],
        ControllerPause = true,
        CurrentPodHash = "abc",
        CurrentStepHash = "def",
        CurrentStepIndex = 1,
        StableHash = "ghi",
        Replicas = 3,
        UpdatedReplicas = 1,
        ReadyReplicas = 3,
        AvailableReplicas = 3,
        Selector = "app=web",
        ObservedGeneration = "4",
        WorkloadObservedGeneration = "2",
        Conditions = [new RolloutCondition("Available", "True", "AvailableReason", "Rollout has minimum availability", Now, Now)],
        Phase = RolloutPhase.Paused,
        Message = "CanaryPauseStep",
        StepRun = new AnalysisRunReference("web-abc-2-1", AnalysisPhase.Running, ""),
        Weights = new TrafficWeights(50, "abc", "ghi", true),
        WeightChanges = [Now],
        Gate = new GateStatus { Policy = "web", Look = 3, Evidence = 0.5, Threshold = 100, Deadline = Now, Verdict = "errors: alike" },
        Release = new ReleaseStatus
        {
            StartedAt = Now,
            Run = new AnalysisRunReference("web-abc-2-release", AnalysisPhase.Running, ""),
            LastRun = "web-abc-2-release",
            LastPolicy = "web",
            LastPauseRun = "web-abc-2-1",
            Anew = "the update was retried",
            UnwatchedSince = Now,
            Step = 1,
            StepSince = Now.AddMicroseconds(123_456),
            Weights = [new WeightChange(50, Now)],
            Overruled = ["a person promoted the judged pause of step 2"],
        },
    };
}
