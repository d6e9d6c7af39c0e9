using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.Kubernetes.Tests.Api.Schemas;

/// <summary>Mistakes that were stored once, and waited for somebody to read a condition.</summary>
public sealed class RefusedAtApplyTests
{
    private const string Compare = "metrics.0.provider.plugin.canaryanalyzer/compare";

    [Theory]
    [InlineData("errorRate", Compare + ".measures.0.margin", "\"200%\"")]
    [InlineData("series", Compare + ".measures.0.margin", "\"200%\"")]
    [InlineData("errorRate", Compare + ".risk.falseRollback", "\"60%\"")]
    [InlineData("errorRate", Compare + ".measures.0", """{"name": "e"}""")]
    [InlineData("errorRate", Compare + ".measures.0.bounds", """["1s"]""")]
    [InlineData("policy", "onInconclusive", "7")]
    [InlineData("policy", "onInconclusive", "true")]
    [InlineData("policy", "onInconclusive", "[]")]
    [InlineData("policy", "onInconclusive", "\"Promote\"")]
    [InlineData("policy", "onInconclusive", """{"nodata": "Wait"}""")]
    [InlineData("policy", "acceptUndetected", "1")]
    [InlineData("policy", "acceptUndetected", "\"{{args.a}}\"")]
    [InlineData("rollout", "minReadySeconds", "-1")]
    [InlineData("rollout", "replicas", "-1")]
    [InlineData("rollout", "strategy.canary.steps.0.setWeight", "150")]
    [InlineData("rollout", "strategy.canary.steps.0.setWeight", "-1")]
    [InlineData("rollout", "strategy.canary.steps.0", "{}")]
    [InlineData("rollout", "strategy.canary.steps.0", """{"setWeight": 5, "pause": {}}""")]
    [InlineData("rollout", "strategy.canary.steps.1.pause.duration", "\"ten\"")]
    [InlineData("rollout", "strategy.canary.maxSurge", "\"25x\"")]
    [InlineData("rollout", "strategy.canary.maxSurge", "\"1\"")]
    [InlineData("query", "metrics.0.interval", "\"ten\"")]
    [InlineData("query", "metrics.0.count", "-1")]
    [InlineData("inline", "template.spec.containers.0.resources.limits.memory", "\"invalid\"")]
    [InlineData("inline", "template.spec.containers.0.resources.requests", """{"cpu": true}""")]
    [InlineData("inline", "template.spec.containers.0.env.0.value", "1")]
    [InlineData("inline", "template.spec.containers.0.image", "5")]
    [InlineData("inline", "template.metadata.labels", """{"version": 1.5}""")]
    public void Mistake_is_refused(string manifest, string path, string value) => Assert.NotEmpty(Problems(manifest, path, value));

    [Theory]
    [InlineData("errorRate", Compare + ".interval", "\"{{args.a}}\"")]
    [InlineData("errorRate", Compare + ".risk.falseRollback", "\"{{args.a}}%\"")]
    [InlineData("series", Compare + ".measures.0.margin", "\"{{args.a}}\"")]
    [InlineData("policy", "onInconclusive", "\"Abort\"")]
    [InlineData("policy", "onInconclusive", "{}")]
    [InlineData("policy", "acceptUndetected", "\"1.5\"")]
    [InlineData("rollout", "strategy.canary.steps.0", """{"setWeight": 100}""")]
    [InlineData("rollout", "strategy.canary.steps.1", """{"pause": {"duration": "1h30m"}}""")]
    [InlineData("query", "metrics.0.interval", "\"\"")]
    [InlineData("query", "metrics.0.failureLimit", "\"-1\"")]
    [InlineData("inline", "template.spec.containers.0.resources.limits.memory", "\"1.5Gi\"")]
    [InlineData("inline", "template.spec.containers.0.resources.limits", """{"memory": 134217728, "cpu": "100m", "nvidia.com/gpu": 1}""")]
    [InlineData("inline", "template.spec.containers.0.resources.requests", "null")]
    [InlineData("inline", "template.spec.containers.0.securityContext", """{"runAsUser": 5}""")]
    public void What_works_is_taken(string manifest, string path, string value) => Assert.Empty(Problems(manifest, path, value));

    [Fact]
    public void A_weight_above_100_is_stored_where_argo_gives_it_a_meaning()
    {
        var rollout = SeedManifests.Parse(ConstrainedManifests.All["rollout"]);
        var canary = rollout["spec"]!["strategy"]!["canary"]!;
        canary["steps"]![0]!["setWeight"] = 500;
        canary["trafficRouting"]!["maxTrafficWeight"] = 1000;

        Assert.Empty(Definitions.Problems("rollouts", rollout));
    }

    private static IReadOnlyList<string> Problems(string name, string path, string value)
    {
        var manifest = SeedManifests.Parse(ConstrainedManifests.All[name]);
        var steps = path.Split('.');
        JsonNode node = manifest["spec"]!;
        foreach (var step in steps[..^1]) node = int.TryParse(step, CultureInfo.InvariantCulture, out var index) ? node[index]! : node[step]!;
        if (int.TryParse(steps[^1], CultureInfo.InvariantCulture, out var last)) node[last] = JsonNode.Parse(value);
        else node[steps[^1]] = JsonNode.Parse(value);
        return Definitions.Problems(ConstrainedManifests.SchemaOf(manifest).Plural, manifest);
    }
}
