using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Tests.Api.Schemas;

public sealed class UnknownFieldsTests
{
    [Theory]
    [InlineData("""{"spec":{"replica":2}}""", "spec.replica", "spec.replicas")]
    [InlineData("""{"spec":{"strategy":{"canary":{"steps":[{"setWeight":5},{"setWieght":5}]}}}}""", "spec.strategy.canary.steps[1].setWieght", "spec.strategy.canary.steps[1].setWeight")]
    [InlineData("""{"spec":{"strategy":{"canary":{"steps":[{"pause":{"durations":"5m"}}]}}}}""", "spec.strategy.canary.steps[0].pause.durations", "spec.strategy.canary.steps[0].pause.duration")]
    [InlineData("""{"speec":{}}""", "speec", "spec")]
    [InlineData("""{"spec":{"zzzzzzzzzz":1}}""", "spec.zzzzzzzzzz", null)]
    public void Misspelt_field_is_named_with_the_nearest_of_its_object(string json, string path, string? nearest) =>
        Assert.Equal([new UnknownField(path, nearest)], Find("Rollout", json));

    [Theory]
    [InlineData("""{"spec":{"canary":{}}}""", "spec.canary", "spec.strategy.canary")]
    [InlineData("""{"spec":{"strategy":{"canary":{"setWeight":5}}}}""", "spec.strategy.canary.setWeight", "spec.strategy.canary.steps[].setWeight")]
    [InlineData(
        """{"spec":{"strategy":{"canary":{"trafficRouting":{"gatewayAPI":{"httpRoute":"web"}}}}}}""",
        "spec.strategy.canary.trafficRouting.gatewayAPI",
        """spec.strategy.canary.trafficRouting.plugins["argoproj-labs/gatewayAPI"]""")]
    public void Misplaced_field_is_named_with_its_right_place(string json, string path, string nearest) =>
        Assert.Equal([new UnknownField(path, nearest)], Find("Rollout", json));

    [Fact]
    public void Fields_below_an_unknown_field_are_not_listed_one_by_one() =>
        Assert.Single(Find("Rollout", """{"spec":{"zzzzzzzzzz":{"a":1,"b":{"c":2}}}}"""));

    [Theory]
    [InlineData("Rollout", """{"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout","metadata":{"foo":1},"spec":{"template":{"spec":{"any":[{"thing":1}]}}}}""")]
    [InlineData("Rollout", """{"spec":{"selector":{"matchLabels":{"app.kubernetes.io/name":"web"}},"strategy":{"canary":{"trafficRouting":{"plugins":{"acme/router":{"x":1}}}}}}}""")]
    [InlineData("Rollout", """{"status":{"somethingNew":1}}""")]
    [InlineData("AnalysisTemplate", """{"spec":{"metrics":[{"name":"m","provider":{"plugin":{"acme/metric":{"x":1}}}},{"name":"j","provider":{"job":{"spec":{"x":1}}}}]}}""")]
    public void Objects_that_are_not_ours_to_know_are_left_alone(string kind, string json) => Assert.Empty(Find(kind, json));

    [Fact]
    public void Comparison_is_looked_into() =>
        Assert.Equal(
            [
                new UnknownField(
                    """spec.metrics[0].provider.plugin["canaryanalyzer/compare"].measures[0].errorRate.error""",
                    """spec.metrics[0].provider.plugin["canaryanalyzer/compare"].measures[0].errorRate.errors"""),
                new UnknownField(
                    """spec.metrics[0].provider.plugin["canaryanalyzer/compare"].measures[0].margin.ration""",
                    """spec.metrics[0].provider.plugin["canaryanalyzer/compare"].measures[0].margin.ratio"""),
            ],
            Find("AnalysisTemplate", """
                {"spec":{"metrics":[{"name":"m","provider":{"plugin":{"canaryanalyzer/compare":{"measures":[
                  {"name":"e","errorRate":{"requests":"a","error":"b"},"margin":{"ration":2}}]}}}}]}}
                """));

    [Fact]
    public void Policy_with_a_map_of_reasons_is_looked_into() =>
        Assert.Equal(
            [new UnknownField("spec.onInconclusive.noDate", "spec.onInconclusive.noData")],
            Find("PromotionPolicy", """{"spec":{"onInconclusive":{"noDate":"Wait"},"selector":{},"templates":[]}}"""));

    [Fact]
    public void Sentence_names_both_places()
    {
        Assert.Equal("spec.replica is not a known field; did you mean replicas?", new UnknownField("spec.replica", "spec.replicas").ToString());
        Assert.Equal("spec.a.replica is not a known field; did you mean spec.replicas?", new UnknownField("spec.a.replica", "spec.replicas").ToString());
        Assert.Equal("spec.zz is not a known field", new UnknownField("spec.zz", null).ToString());
    }

    private static IEnumerable<UnknownField> Find(string kind, string json) => UnknownFields.Find(JsonNode.Parse(json)!.AsObject(), ResourceSchema.Of(kind));
}
