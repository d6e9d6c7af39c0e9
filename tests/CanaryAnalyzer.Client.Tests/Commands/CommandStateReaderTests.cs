using System.Text.Json.Nodes;
using CanaryAnalyzer.Client.Commands;
using CanaryAnalyzer.Core.Rollouts.Commands;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Kubernetes.Mapping;

namespace CanaryAnalyzer.Client.Tests.Commands;

public sealed class CommandStateReaderTests
{
    private static readonly DateTimeOffset PausedAt = new(2024, 5, 17, 9, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"abort": true, "currentPodHash": "b", "stableRS": "a", "currentStepIndex": 1}""")]
    [InlineData("""{"currentPodHash": "a", "stableRS": "a", "controllerPause": true, "currentStepIndex": 2, "pauseConditions": [{"reason": "CanaryPauseStep", "startTime": "2024-05-17T09:30:00Z"}]}""")]
    [InlineData("""{"controllerPause": true, "canary": {"release": {"startedAt": "2024-05-17T09:00:00Z", "step": 1, "stepSince": "2024-05-17T09:29:59.25Z"}}, "currentStepIndex": 2}""")]
    [InlineData("{}")]
    public void What_the_controller_writes_is_read_as_the_controller_knows_it(string status)
    {
        var rollout = Rollout(status);
        var expected = CommandState.Of("web", StatusReader.Read(rollout), stepCount: 3, isPaused: true);
        var read = CommandStateReader.Read(rollout);

        Assert.Equal(expected.Pauses.AsEnumerable(), read.Pauses);
        Assert.Equal(expected with { Pauses = [] }, read with { Pauses = [] });
    }

    [Fact]
    public void Fields_of_the_wrong_kind_read_as_absent()
    {
        var read = CommandStateReader.Read(Rollout("""
            {"abort": "yes", "currentPodHash": 5, "controllerPause": 1, "currentStepIndex": "two", "pauseConditions": [{"startTime": "soon"}, 7], "canary": {"release": []}}
            """));

        Assert.Equal([new PauseCondition("", DateTimeOffset.UnixEpoch)], read.Pauses);
        Assert.Equal(new CommandState { Name = "web", IsPaused = true, StepCount = 3, Pauses = [] }, read with { Pauses = [] });
    }

    [Fact]
    public void Pause_of_another_controller_tells_since_when_the_step_is_current() => Assert.Equal(
        PausedAt, CommandStateReader.Read(Rollout("""{"pauseConditions": [{"reason": "CanaryPauseStep", "startTime": "2024-05-17T09:30:00Z"}]}""")).StepSince);

    [Theory]
    [InlineData(3, """{"observedGeneration": "3"}""", true)]
    [InlineData(4, """{"observedGeneration": "3"}""", false)]
    [InlineData(4, "{}", true)]
    public void Spec_is_observed_unless_the_status_names_an_earlier_one(int generation, string status, bool isObserved)
    {
        var rollout = Rollout(status);
        rollout["metadata"]!["generation"] = generation;
        Assert.Equal(isObserved, CommandStateReader.Read(rollout).IsObserved);
    }

    private static JsonObject Rollout(string status)
    {
        var rollout = JsonNode.Parse("""
            {"metadata": {"name": "web", "namespace": "team"}, "spec": {"paused": true, "strategy": {"canary": {"steps": [{"setWeight": 20}, {"pause": {}}, {"setWeight": 50}]}}}}
            """)!.AsObject();
        rollout["status"] = JsonNode.Parse(status);
        return rollout;
    }
}
