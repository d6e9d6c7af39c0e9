using System.Text.Json.Nodes;
using CanaryAnalyzer.Service.Loop;

namespace CanaryAnalyzer.Service.Tests.Loop;

public sealed class RolloutDigestTests
{
    private const string Rollout = """
        {"metadata": {"name": "a", "resourceVersion": "VERSION"}, "spec": {"look": 1}, "status": {"look": 1, "message": "Paused",
          "canaryAnalyzer": {"policy": "web", "look": LOOK, "evidence": 0.LOOK, "earliest": "2026-06-01T12:0LOOK:00Z", "verdict": "look LOOK"},
          "canary": {"currentStepAnalysisRunStatus": {"name": "a-2", "status": "Running", "message": "look LOOK"}, "release": {"analysisRun": {"name": "a-3", "message": "look LOOK"}}}}}
        """;

    [Fact]
    public void Another_look_has_the_same_digest() => Assert.Equal(Of(Rollout, "1", "1"), Of(Rollout, "2", "2"));

    [Theory]
    [InlineData("\"spec\": {\"look\": 1}", "\"spec\": {\"look\": 2}")]
    [InlineData("\"status\": {\"look\": 1", "\"status\": {\"look\": 2")]
    [InlineData("\"message\": \"Paused\"", "\"message\": \"Healthy\"")]
    [InlineData("\"policy\": \"web\"", "\"policy\": \"others\"")]
    [InlineData("\"Running\"", "\"Failed\"")]
    [InlineData("\"a-3\"", "\"a-4\"")]
    [InlineData("\"name\": \"a\",", "\"name\": \"a\", \"finalizers\": [],")]
    public void Anything_else_has_another(string old, string next) => Assert.NotEqual(Of(Rollout, "1", "1"), Of(Rollout.Replace(old, next, StringComparison.Ordinal), "1", "1"));

    private static RolloutDigest Of(string json, string version, string look) =>
        RolloutDigest.Of((JsonObject)JsonNode.Parse(json.Replace("VERSION", version, StringComparison.Ordinal).Replace("LOOK", look, StringComparison.Ordinal))!);
}
