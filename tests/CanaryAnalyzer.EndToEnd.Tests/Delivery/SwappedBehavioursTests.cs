using CanaryAnalyzer.EndToEnd.Tests.Stages;

namespace CanaryAnalyzer.EndToEnd.Tests.Delivery;

/// <summary>It is the behaviour that is judged, not the version.</summary>
public sealed class SwappedBehavioursTests(Theatre theatre)
{
    [Fact]
    public async Task Versions_that_swap_their_behaviours_swap_their_verdicts()
    {
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "swapped");
        app.Apply(Manifests.Policy(app.Namespace));
        app.Use();

        await app.DeliverToPauseAsync(Versions.Good, "errors=5%");
        var degraded = await app.UntilAsync(r => App.Phase(r) == "Degraded", "the rollback of a good version that behaves badly");
        Assert.Matches("rolled back at look [0-9]+: errors [0-9.]+% ", App.Message(degraded));
        Assert.Equal("Failed", App.Text((await app.PauseRunsAsync())[0], "status", "phase"));

        await app.DeliverToPauseAsync(Versions.Bad, "errors=0.5%");
        await app.UntilAsync(r => App.Phase(r) == "Healthy", "the promotion of a bad version that behaves well");
        Assert.Equal("Successful", App.Text((await app.PauseRunsAsync())[1], "status", "phase"));
    }
}
