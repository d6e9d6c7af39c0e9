using CanaryAnalyzer.EndToEnd.Tests.Stages;

namespace CanaryAnalyzer.EndToEnd.Tests.Delivery;

/// <summary>A version that answers as correctly as before, but slower.</summary>
public sealed class LatencyRegressionTests(Theatre theatre)
{
    [Fact]
    public async Task A_version_that_takes_twice_as_long_is_rolled_back_for_its_latency()
    {
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "slower");
        app.Apply(Manifests.Policy(app.Namespace));
        app.Use();

        await app.DeliverToPauseAsync(Versions.Slow);
        var degraded = await app.UntilAsync(r => App.Phase(r) == "Degraded", "the rollback of the slow version");

        Assert.StartsWith("RolloutAborted: Rollout aborted update to revision 2: latency: canary", App.Message(degraded), StringComparison.Ordinal);
        Assert.DoesNotContain("errors: canary", App.Message(degraded), StringComparison.Ordinal);
    }
}
