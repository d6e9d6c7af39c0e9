using CanaryAnalyzer.EndToEnd.Tests.Stages;

namespace CanaryAnalyzer.EndToEnd.Tests.Delivery;

/// <summary>A version that answers as correctly as before, but slower.</summary>
public sealed class LatencyRegressionTests(Theatre theatre)
{
    private const string Tails = """
        {interval: 1s, minDuration: 10s, maxDuration: 4m, measures: [
          {name: latency, warmup: 3s, tails: [10%, 1%], latency: {histogram: 'http_request_duration_seconds{namespace="{{args.namespace}}"}'}}]}
        """;

    [Fact]
    public async Task A_version_that_takes_twice_as_long_is_rolled_back_for_its_latency()
    {
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "slower");
        app.Apply(Manifests.Policy(app.Namespace));
        app.Use();

        await app.DeliverToPauseAsync(Versions.Slow);
        var degraded = await app.UntilAsync(r => App.Phase(r) == "Degraded", "the rollback of the slow version");

        Assert.Matches("^RolloutAborted: Rollout aborted update to revision 2: rolled back at look [0-9]+: latency ", App.Message(degraded));
        Assert.DoesNotMatch("errors [0-9.]+%", App.Message(degraded));
    }

    [Fact]
    public async Task A_version_whose_median_stays_while_one_request_in_twenty_takes_ten_times_as_long_is_rolled_back_for_its_tail()
    {
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "tailed");
        app.Apply(Manifests.Template(app.Namespace, "tails", Tails));
        app.Apply(Manifests.Policy(app.Namespace, template: "tails"));
        app.Use();

        await app.DeliverToPauseAsync(Versions.Tailed);
        var degraded = await app.UntilAsync(r => App.Phase(r) == "Degraded", "the rollback of the version with a slow tail");

        Assert.Matches("RolloutAborted: .* latency [\\d.]+% over [\\d.]+m?s ", App.Message(degraded));
    }
}
