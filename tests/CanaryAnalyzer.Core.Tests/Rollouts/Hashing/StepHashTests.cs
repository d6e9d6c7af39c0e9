using System.Text.Json;
using CanaryAnalyzer.Core.Rollouts.Hashing;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Hashing;

public sealed class StepHashTests
{
    // The value that Argo Rollouts wrote into the status of a Rollout with these steps.
    private const string WrittenByArgo = "84d4b665cd";

    [Theory]
    [InlineData("""[{"setWeight":25},{"analysis":{"analysisRunMetadata":{},"templates":[{"templateName":"random-fail"},{"templateName":"always-pass"}]}}]""")]
    [InlineData("""[ {"setWeight": 25}, {"analysis": {"templates": [{"templateName": "random-fail"}, {"templateName": "always-pass"}], "args": null}} ]""")]
    public void Steps_hash_as_with_Argo_Rollouts_however_they_are_written(string steps) => Assert.Equal(WrittenByArgo, Of(steps));

    [Theory]
    [InlineData("""[{"setWeight":25},{"pause":{}}]""", """[{"setWeight":26},{"pause":{}}]""")]
    [InlineData("""[{"pause":{}}]""", """[{"pause":{"duration":"1m"}}]""")]
    [InlineData("""[{"pause":{}},{"setWeight":1}]""", """[{"setWeight":1},{"pause":{}}]""")]
    [InlineData("[]", "null")]
    public void Other_steps_hash_otherwise(string one, string other) => Assert.NotEqual(Of(one), Of(other));

    [Fact]
    public void Absent_steps_hash_like_none() => Assert.Equal(StepHash.Of(null), Of("null"));

    private static string Of(string steps)
    {
        using var document = JsonDocument.Parse(steps);
        return StepHash.Of(document.RootElement);
    }
}
