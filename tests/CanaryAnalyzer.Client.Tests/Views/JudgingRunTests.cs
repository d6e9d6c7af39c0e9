using System.Text.Json.Nodes;
using CanaryAnalyzer.Client.Views;

namespace CanaryAnalyzer.Client.Tests.Views;

public sealed class JudgingRunTests
{
    private const string Step = "\"currentStepAnalysisRunStatus\": {\"name\": \"step\"}";
    private const string Watch = "\"release\": {\"analysisRun\": {\"name\": \"watch\"}, \"lastRun\": \"before\"}";
    private const string Before = "\"release\": {\"lastRun\": \"before\"}";
    private const string Background = "\"currentBackgroundAnalysisRunStatus\": {\"name\": \"background\"}";

    [Theory]
    [InlineData("step", "step", Step, Watch, Background)]
    [InlineData("watch", "watch", Watch, Background)]
    [InlineData(null, "before", Before, Background)]
    [InlineData(null, "background", Background)]
    [InlineData(null, null)]
    public void Step_comes_before_what_is_watched_between_steps_and_that_before_what_is_over(string? now, string? last, params string[] fields)
    {
        var rollout = JsonNode.Parse($$"""{"status": {"canary": { {{string.Join(", ", fields)}} } } }""")!.AsObject();
        Assert.Equal((now, last), (JudgingRun.Now(rollout), JudgingRun.Last(rollout)));
    }
}
