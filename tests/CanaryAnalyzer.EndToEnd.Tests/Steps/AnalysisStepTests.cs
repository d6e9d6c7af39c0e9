using CanaryAnalyzer.EndToEnd.Tests.Stages;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.EndToEnd.Tests.Steps;

/// <summary>Analyses as Argo Rollouts has them: a step that is passed, one that cannot tell, and one beside the steps that fails.</summary>
public sealed class AnalysisStepTests(Theatre theatre)
{
    private const string Step = "[{setWeight: 50}, {analysis: {templates: [{templateName: TEMPLATE}]}}, {setWeight: 100}]";

    [Fact]
    public async Task Success_goes_on_no_result_pauses_and_failure_in_the_background_aborts()
    {
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "steps");
        app.Apply(Template("success-rate", "result[0] >= 0.98", "result[0] < 0.98"));
        app.Apply(Template("undecidable", "result[0] > 2", "result[0] < 0"));
        app.Apply(Manifests.Rollout("steps", Step.Replace("TEMPLATE", "success-rate", StringComparison.Ordinal)));
        app.Use();

        Assert.Equal("Healthy", App.Phase(await app.DeliverToEndAsync(Versions.Good)));
        var passed = Assert.Single(await app.AllAsync(ResourceType.AnalysisRuns, "rollout-type=Step"));
        Assert.Equal("Successful", App.Text(passed, "status", "phase"));

        app.Apply(Manifests.Rollout("steps", Step.Replace("TEMPLATE", "undecidable", StringComparison.Ordinal)));
        await app.DeliverAsync(Versions.First);
        await app.UntilAsync(r => App.Phase(r) == "Paused" && App.Message(r) == "InconclusiveAnalysisRun", "the pause for an inconclusive step");
        var (code, output) = await CommandLine.RunAsync(app.Stage, CommandLine.Canaryctl, app.Namespace, "abort", "app");
        Assert.True(code == 0, output);
        await app.UntilAsync(r => App.Phase(r) == "Degraded", "the abort");

        app.Apply(Manifests.Rollout("steps", "[{setWeight: 50}, {pause: {duration: 10m}}]", "analysis: {templates: [{templateName: success-rate}], startingStep: 1}"));
        await app.DeliverAsync(Versions.Bad);
        var degraded = await app.UntilAsync(r => App.Message(r).Contains("Background analysis", StringComparison.Ordinal), "the abort by the background analysis");
        Assert.Equal("Degraded", App.Phase(degraded));
        Assert.StartsWith(
            "RolloutAborted: Rollout aborted update to revision 4: Background analysis phase error/failed: Metric \"rate\" assessed Failed", App.Message(degraded), StringComparison.Ordinal);
    }

    private static string Template(string name, string success, string failure) => $$$$"""
        apiVersion: argoproj.io/v1alpha1
        kind: AnalysisTemplate
        metadata: {name: {{{{name}}}}, namespace: steps}
        spec:
          args: [{name: canary-pods}]
          metrics:
          - name: rate
            initialDelay: 8s
            successCondition: {{{{success}}}}
            failureCondition: {{{{failure}}}}
            provider:
              prometheus:
                query: |
                  sum(rate(http_requests_received_total{namespace="steps",pod=~"{{args.canary-pods}}",code!~"5.."}[6s]))
                  / sum(rate(http_requests_received_total{namespace="steps",pod=~"{{args.canary-pods}}"}[6s]))
        """;
}
