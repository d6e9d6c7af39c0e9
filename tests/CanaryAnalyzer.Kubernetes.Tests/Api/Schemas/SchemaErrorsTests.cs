using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1;
using CsCheck;

namespace CanaryAnalyzer.Kubernetes.Tests.Api.Schemas;

public sealed class SchemaErrorsTests
{
    private const string Compare = """spec.metrics[0].provider.plugin["canaryanalyzer/compare"]""";

    [Theory]
    [InlineData("""{"spec":{"strategy":{"canary":{"steps":[{},{"setWeight":"20"}]}}}}""", "spec.strategy.canary.steps[1].setWeight: expected an integer of at least 0, got \"20\": write 20 without quotes")]
    [InlineData("""{"spec":{"paused":"true"}}""", "spec.paused: expected true or false, got \"true\": write true without quotes")]
    [InlineData("""{"spec":{"replicas":"some"}}""", "spec.replicas: expected an integer of at least 0, got \"some\"")]
    [InlineData("""{"spec":{"strategy":{"canary":{"steps":[{"setWeight":20.5}]}}}}""", "spec.strategy.canary.steps[0].setWeight: expected an integer of at least 0, got 20.5")]
    [InlineData("""{"spec":{"replicas":3000000000}}""", "spec.replicas: expected an integer of at least 0, got 3000000000")]
    [InlineData("""{"spec":{"strategy":{"canary":{"steps":{}}}}}""", "spec.strategy.canary.steps: expected a list, got an object")]
    [InlineData("""{"spec":{"strategy":{"canary":{"maxSurge":true}}}}""", "spec.strategy.canary.maxSurge: expected a number of pods such as 1 or a percentage such as 25%, got true")]
    [InlineData("""{"spec":{"strategy":{"canary":{"maxSurge":3000000000}}}}""", "spec.strategy.canary.maxSurge: expected a number of pods such as 1 or a percentage such as 25%, got 3000000000")]
    [InlineData("""{"spec":{"strategy":{"blueGreen":{}}}}""", "spec.strategy.blueGreen.activeService: is required")]
    [InlineData("""{"spec":{"restartAt":"tomorrow"}}""", "spec.restartAt: expected a time such as 2026-03-01T10:00:00Z, got \"tomorrow\"")]
    [InlineData("""{"spec":{"selector":{"matchLabels":{"app":1}}}}""", "spec.selector.matchLabels.app: expected a text, got 1: write \"1\", in quotes")]
    [InlineData("""{"metadata":{}}""", "spec: is required")]
    public void Wrong_value_in_a_rollout_is_named_with_its_path(string json, string expected) =>
        Assert.Equal([expected], Find("Rollout", json).Select(error => error.ToString()));

    [Theory]
    [InlineData("\"interval\":\"30 s\"", "interval: expected a duration above 0s such as 1h30m, got \"30 s\"")]
    [InlineData("\"promote\":\"whenSafe\"", "promote: expected one of WhenSafe, AtEnd, got \"whenSafe\"")]
    [InlineData("\"risk\":{\"falseRollback\":5}", "risk.falseRollback: expected a share from 0.0001% to 50% such as 5%, got 5")]
    [InlineData("\"minRequests\":1.5", "minRequests: expected an integer that isn't negative such as 100, got 1.5")]
    public void Wrong_value_in_a_comparison_is_named_with_its_path(string setting, string expected)
    {
        const string json = """{"spec":{"metrics":[{"name":"m","provider":{"plugin":{"canaryanalyzer/compare":{"measures":[{"name":"e"}],SETTING}}}}]}}""";

        Assert.Equal([$"{Compare}.{expected}"], Find("AnalysisTemplate", json.Replace("SETTING", setting, StringComparison.Ordinal)).Select(error => error.ToString()));
    }

    [Theory]
    [InlineData("Promot", "spec.onInconclusive: expected one of Wait, Abort or an object with inBetween, noData, queryError, tooLittleTraffic and trafficShare, got \"Promot\"")]
    [InlineData("Abort", null)]
    public void Action_must_be_a_known_one(string action, string? expected) =>
        Assert.Equal(
            expected is null ? [] : [expected],
            Find("PromotionPolicy", $$$"""{"spec":{"onInconclusive":"{{{action}}}","selector":{},"templates":[{}]}}""").Select(error => error.ToString()));

    [Fact]
    public void Arguments_of_templates_stand_for_any_text() =>
        Assert.Empty(Find("AnalysisTemplate", """
            {"spec":{"metrics":[{"name":"m","count":"{{args.n}}","provider":{"plugin":{"canaryanalyzer/compare":{
              "interval":"{{args.i}}","minRequests":"{{args.n}}","risk":{"falseRollback":"{{args.r}}"},"measures":[{"name":"e","tails":["10%",0.01],"bounds":["250ms","{{args.slo}}"]}]}}}}]}}
            """));

    [Fact]
    public void Null_counts_as_absent() => Assert.Empty(Find("Rollout", """{"spec":{"replicas":null,"template":null},"metadata":{"creationTimestamp":null}}"""));

    [Fact]
    public void Broken_status_is_left_out() => Assert.Empty(Find("Rollout", """{"spec":{},"status":{"replicas":"many"}}"""));

    [Fact]
    public void Whatever_has_no_errors_can_be_read_by_the_wire_type()
    {
        var rollout = ResourceSchema.Of("Rollout");
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                var resource = new JsonObject { ["spec"] = AnyValue(rollout.Root.Fields["spec"], new Random(seed)) };
                try
                {
                    resource.Deserialize<CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Rollout>(WireJson.Options);
                    return true;
                }
                catch (JsonException)
                {
                    return SchemaErrors.Find(resource, rollout).Length > 0;
                }
            },
            iter: 2000,
            seed: "0000KOIPe3KL");
    }

    // A few of the values are of a random kind, so that many resources are wrong somewhere and many are not.
    private static JsonNode? AnyValue(FieldSchema schema, Random random)
    {
        if (random.Next(60) == 0) return random.Next(7) switch { 0 => 5, 1 => "x", 2 => true, 3 => new JsonArray(1), 4 => new JsonObject(), 5 => 3_000_000_000, _ => 2.5 };
        if (schema.Items is { } items)
        {
            return schema.Accepts == JsonKinds.List
                ? new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => AnyValue(items, random))])
                : new JsonObject(Enumerable.Range(0, random.Next(3)).Select(i => KeyValuePair.Create($"k{i}", AnyValue(items, random))));
        }

        if (schema.Accepts.HasFlag(JsonKinds.Object))
            return new JsonObject(schema.Fields.Where(_ => random.Next(3) > 0).Select(field => KeyValuePair.Create(field.Key, AnyValue(field.Value, random))));
        if (schema.Accepts == (JsonKinds.Number | JsonKinds.Integer)) return random.NextDouble();
        if (schema.Accepts.HasFlag(JsonKinds.Text)) return schema.Format == "date-time" ? "2026-03-01T10:00:00Z" : "text";
        return schema.Accepts.HasFlag(JsonKinds.Integer) ? random.Next() : random.Next(2) == 0;
    }

    private static IEnumerable<Core.Values.SpecError> Find(string kind, string json) => SchemaErrors.Find(JsonNode.Parse(json)!.AsObject(), ResourceSchema.Of(kind));
}
