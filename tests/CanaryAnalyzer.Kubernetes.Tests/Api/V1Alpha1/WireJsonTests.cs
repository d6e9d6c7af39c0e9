using System.Text.Json;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

namespace CanaryAnalyzer.Kubernetes.Tests.Api.V1Alpha1;

public sealed class WireJsonTests
{
    [Fact]
    public void Rollout_with_irregular_names_survives_a_round_trip()
    {
        const string json = """
            {"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout","metadata":{"name":"web","generation":3},
             "spec":{"replicas":4,"strategy":{"canary":{"maxSurge":"25%","maxUnavailable":1,
               "steps":[{"setWeight":20},{"pause":{}},{"pause":{"duration":"5m"}},{"pause":{"duration":30}}],
               "trafficRouting":{"plugins":{"argoproj-labs/gatewayAPI":{"httpRoute":"web"},"acme/router":{"a":[1]}}}}}},
             "status":{"HPAReplicas":4,"stableRS":"abc","observedGeneration":"3","abortedAt":"2026-03-01T10:00:01Z"}}
            """;

        var rollout = JsonSerializer.Deserialize<Rollout>(json, WireJson.Options)!;

        Assert.Equal(4, rollout.Status!.HpaReplicas);
        Assert.Equal("abc", rollout.Status.StableRS);
        var canary = rollout.Spec.Strategy!.Canary!;
        Assert.Equal(new IntOrString("25%"), canary.MaxSurge);
        Assert.Equal(1, canary.MaxUnavailable!.Value.Number);
        Assert.NotNull(canary.Steps![1].Pause);
        Assert.Null(canary.Steps[1].Pause!.Duration);
        Assert.Equal("web", canary.TrafficRouting!.Plugins!.GatewayApi!.HttpRoute);
        Assert.Equal("acme/router", Assert.Single(canary.TrafficRouting.Plugins.Others!).Key);
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(json).RootElement, JsonSerializer.SerializeToElement(rollout, WireJson.Options)));
    }

    [Fact]
    public void Instants_are_written_in_whole_seconds_and_never_early()
    {
        var measurement = new AnalysisRunStatus.Measurement
        {
            Phase = "Running",
            StartedAt = new DateTimeOffset(2026, 3, 1, 11, 0, 0, TimeSpan.FromHours(1)),
            ResumeAt = new DateTimeOffset(2026, 3, 1, 10, 0, 0, 1, TimeSpan.Zero),
        };

        Assert.Equal("""{"phase":"Running","startedAt":"2026-03-01T10:00:00Z","resumeAt":"2026-03-01T10:00:01Z"}""", JsonSerializer.Serialize(measurement, WireJson.Options));
    }

    [Fact]
    public void Unknown_fields_are_skipped() =>
        Assert.Equal(5, JsonSerializer.Deserialize<CanaryStep>("""{"setWeight":5,"setWieght":6}""", WireJson.Options)!.SetWeight);

    [Fact]
    public void Compare_is_read_apart_from_other_plugins()
    {
        var template = JsonSerializer.Deserialize<AnalysisTemplateSpec>(
            """{"metrics":[{"name":"m","provider":{"plugin":{"canaryanalyzer/compare":{"risk":{"falseRollback":"1%","falsePromotion":0.05},"measures":[{"name":"e","margin":{"ratio":1.5}}]}}}}]}""",
            WireJson.Options)!;

        var compare = template.Metrics![0].Provider.Plugin!.Compare!;
        Assert.Equal(new NumberOrText("1%"), compare.Risk!.FalseRollback);
        Assert.Equal(new NumberOrText(0.05), compare.Risk.FalsePromotion);
        Assert.Equal(1.5, compare.Measures[0].Margin!.Value.GetProperty("ratio").GetDouble());
    }
}
