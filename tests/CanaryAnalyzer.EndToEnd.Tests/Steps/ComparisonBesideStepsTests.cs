using System.Text.Json.Nodes;
using CanaryAnalyzer.EndToEnd.Tests.Stages;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.EndToEnd.Tests.Steps;

/// <summary>The comparison without a PromotionPolicy: as a step, and in the background.</summary>
public sealed class ComparisonBesideStepsTests(Theatre theatre)
{
    private const string Judge = "templates: [{templateName: canary-vs-stable}]";

    [Fact]
    public async Task As_a_step_it_promotes_and_in_the_background_it_lets_good_versions_pass_and_aborts_bad_ones()
    {
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "beside");
        app.Use();

        app.Apply(Manifests.Rollout(app.Namespace, $"[{{setWeight: 50}}, {{analysis: {{{Judge}}}}}, {{setWeight: 100}}]"));
        Assert.Equal("Healthy", App.Phase(await app.DeliverToEndAsync(Versions.Good)));
        Assert.Equal("Successful", App.Text(Assert.Single(await app.AllAsync(ResourceType.AnalysisRuns, "rollout-type=Step")), "status", "phase"));

        app.Apply(Manifests.Rollout(app.Namespace, "[{setWeight: 50}, {pause: {duration: 6}}, {setWeight: 100}]", $"analysis: {{{Judge}, startingStep: 1}}"));
        Assert.Equal("Healthy", App.Phase(await app.DeliverToEndAsync(Versions.First)));
        await app.UntilAsync(async () => App.Text(Assert.Single(await BackgroundAsync(app)), "status", "phase") == "Successful", "the end of the run beside them");

        app.Apply(Manifests.Rollout(app.Namespace, "[{setWeight: 50}, {pause: {}}]", $"analysis: {{{Judge}, startingStep: 1}}"));
        var degraded = await app.DeliverToEndAsync(Versions.Bad);
        Assert.StartsWith("RolloutAborted: Rollout aborted update to revision 4: Background analysis phase error/failed: ", App.Message(degraded), StringComparison.Ordinal);
        Assert.Matches("rolled back at look [0-9]+: errors [0-9.]+% ", App.Message(degraded));
    }

    private static Task<IReadOnlyList<JsonObject>> BackgroundAsync(App app) => app.AllAsync(ResourceType.AnalysisRuns, "rollout-type=Background");
}
