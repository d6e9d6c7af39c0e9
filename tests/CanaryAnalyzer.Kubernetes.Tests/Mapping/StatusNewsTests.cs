using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Mapping;

namespace CanaryAnalyzer.Kubernetes.Tests.Mapping;

public sealed class StatusNewsTests
{
    private const string Progressing = """{"type": "Progressing", "status": "True", "reason": "ReplicaSetUpdated", "lastUpdateTime": "2026-01-01T00:00:00Z"}""";
    private const string Available = """{"type": "Available", "status": "True", "reason": "AvailableReason"}""";
    private const string Waiting = """{"type": "Waiting", "status": "True", "reason": "PodsUnavailable", "message": "Waiting for pods"}""";
    private const string Before = $$"""{"phase": "Progressing", "conditions": [{{Progressing}}, {{Available}}]}""";

    [Theory]
    [InlineData("""{"replicas": 3, "updatedReplicas": 1, "readyReplicas": 3, "availableReplicas": 3, "HPAReplicas": 3}""")]
    [InlineData("""{"message": "more replicas need to be updated: waiting for pods"}""")]
    [InlineData("""{"canary": {"weights": {"canary": {"weight": 50}, "verified": true}, "release": {"weights": []}}}""")]
    [InlineData($$"""{"conditions": [{{Waiting}}, {{Available}}, {"type": "Progressing", "status": "True", "reason": "ReplicaSetUpdated", "lastUpdateTime": "2026-01-01T00:00:05Z"}]}""")]
    public void Pods_and_weights_on_their_way_are_no_news(string patch) => Assert.True(IsInTransit(Before, patch));

    [Theory]
    [InlineData("""{"phase": "Healthy", "replicas": 3}""")]
    [InlineData("""{"currentStepIndex": 2}""")]
    [InlineData("""{"observedGeneration": "4"}""")]
    [InlineData("""{"canary": {"release": {"step": 2}}}""")]
    [InlineData("""{"canary": {"weights": {"canary": {"weight": 50}, "verified": false}}}""")]
    [InlineData("""{"canary": {"weights": {"canary": {"weight": 50}}}}""")]
    [InlineData("""{"pauseConditions": []}""")]
    [InlineData($$"""{"conditions": [{{Progressing}}, {"type": "Available", "status": "False", "reason": "AvailableReason"}]}""")]
    [InlineData($$"""{"conditions": [{{Progressing}}]}""")]
    [InlineData($$"""{"conditions": [{{Progressing}}, {{Available}}, {"type": "ReplicaFailure", "status": "True"}]}""")]
    [InlineData($$"""{"conditions": [{{Available}}, {"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded"}]}""")]
    public void All_else_is(string patch) => Assert.False(IsInTransit(Before, patch));

    [Fact]
    public void A_weight_that_falls_is_news() => Assert.False(IsInTransit(
        """{"phase": "Progressing", "canary": {"weights": {"canary": {"weight": 50}, "verified": true}}}""", """{"canary": {"weights": {"canary": {"weight": 20}}}}"""));

    [Fact]
    public void A_condition_that_is_there_twice_stops_nothing() =>
        Assert.True(IsInTransit($$"""{"phase": "Progressing", "conditions": [{{Available}}, {{Progressing}}, {{Available}}]}""", $$"""{"replicas": 3, "conditions": [{{Available}}, {{Progressing}}]}"""));

    [Fact]
    public void The_message_of_a_Rollout_that_is_not_in_progress_is_news() => Assert.False(IsInTransit("""{"phase": "Degraded"}""", """{"message": "RolloutAborted: by a user"}"""));

    [Theory]
    [InlineData("currentStepAnalysisRunStatus")]
    [InlineData("currentBackgroundAnalysisRunStatus")]
    public void A_run_learns_of_another_split_at_once(string run) =>
        Assert.False(IsInTransit($$"""{"phase": "Progressing", "canary": {"{{run}}": {"name": "run"} } }""", """{"canary": {"weights": {"canary": {"weight": 50}, "verified": true}}}"""));

    private static bool IsInTransit(string before, string patch) => StatusNews.IsInTransit((JsonObject)JsonNode.Parse(before)!, (JsonObject)JsonNode.Parse(patch)!);
}
