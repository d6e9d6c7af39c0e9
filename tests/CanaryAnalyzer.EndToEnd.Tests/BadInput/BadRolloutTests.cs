using System.Text.Json.Nodes;
using CanaryAnalyzer.EndToEnd.Tests.Stages;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.EndToEnd.Tests.BadInput;

/// <summary>What is wrong is named by its path: the API server refuses what its schema can tell, and the rest is named on the resource and in an event, and heals by itself.</summary>
public sealed class BadRolloutTests(Theatre theatre)
{
    private const string Canary = "spec.strategy.canary";
    private const string Gateway = $"{Canary}.trafficRouting.plugins.argoproj-labs/gatewayAPI";

    /// <summary>What the API server refuses by its schema, and what the refusal says of the place.</summary>
    private static readonly (string Patch, string Says)[] Refused =
    [
        ("""{"steps": [{"setWeight": 50}, {"pause": {"duration": "five minutes"}}]}""", $"{Canary}.steps[1].pause.duration: Invalid value: \"five minutes\""),
        ("""{"steps": [{"setWeight": 50, "pause": {}}]}""", $"{Canary}.steps[0]"),

        // The greatest weight depends on the traffic router, so that the schema has two alternatives, and names what both are for.
        ("""{"steps": [{"setWeight": 101}]}""", $"{Canary}: Invalid value"),
    ];

    /// <summary>What no schema can tell: what is written into the canary strategy, the path that is named, and a part of what is said.</summary>
    private static readonly (string Patch, string Path, string Says)[] Mistakes =
    [
        ("""{"canaryService": "nowhere"}""", $"{Canary}.canaryService", "\"nowhere\" not found"),
        ("""{"trafficRouting": {"plugins": {"argoproj-labs/gatewayAPI": {"httpRoute": "nowhere"}}}}""", Gateway, "HTTPRoute \"nowhere\" not found"),
        ("""{"steps": [{"analysis": {"templates": [{"templateName": "nowhere"}]}}]}""", $"{Canary}.steps[0].analysis", "'nowhere'"),
        ("""{"steps": [{"analysis": {"templates": [{"templateName": "unparsable"}]}}]}""", $"{Canary}.steps[0].analysis", "successCondition"),
        ("""{"steps": [{"analysis": {"templates": [{"templateName": "foreign"}]}}]}""", $"{Canary}.steps[0].analysis", "not supported here"),
        ("""{"trafficRouting": {"istio": {"virtualService": {"name": "app"}}, "plugins": null}}""", $"{Canary}.trafficRouting.istio", "is not supported here"),
    ];

    [Fact]
    public async Task What_the_schema_can_tell_is_refused_by_the_place_and_changes_nothing()
    {
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "refused");
        var before = (await app.RolloutAsync())["spec"]!.ToJsonString();
        foreach (var (patch, says) in Refused)
        {
            var refusal = await Assert.ThrowsAsync<ResourceException>(() => PatchAsync(app, patch));
            Assert.True(refusal.IsInvalid, refusal.Message);
            Assert.True(refusal.Message.Contains(says, StringComparison.Ordinal), refusal.Message);
        }

        Assert.Equal(before, (await app.RolloutAsync())["spec"]!.ToJsonString());
    }

    [Fact]
    public async Task Each_mistake_is_named_on_the_rollout_and_forgotten_when_it_is_mended()
    {
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "mistakes");
        app.Apply(Template("unparsable", "result[0] >=", "{prometheus: {query: up}}"));
        app.Apply(Template("foreign", "result[0] > 0", "{datadog: {query: up}}"));
        var good = (await app.RolloutAsync())["spec"]!["strategy"]!["canary"]!.ToJsonString();
        foreach (var (patch, path, says) in Mistakes)
        {
            await PatchAsync(app, patch);
            await NamedAsync(app, path, says);
            await PatchAsync(app, WithoutWhatIsNew(good, patch));
            await HealedAsync(app);
        }

        await app.PatchAsync(ResourceType.Rollouts, "app", """{"spec": {"selector": {"matchLabels": {"app": "other"}}}}""");
        await NamedAsync(app, "spec.selector.matchLabels", "the pod template lacks the label app=other");
        await app.PatchAsync(ResourceType.Rollouts, "app", """{"spec": {"selector": {"matchLabels": {"app": "app"}}}}""");
        await HealedAsync(app);
        Assert.Single(await app.AllAsync(ResourceType.ReplicaSets), r => App.Text(r, "metadata", "labels", "rollouts-pod-template-hash").Length > 0);
    }

    [Fact]
    public async Task What_is_missing_may_come_later_and_an_unknown_field_only_warns()
    {
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "later");
        await PatchAsync(app, """{"canaryService": "app-late", "step": [{"setWeight": 5}], "steps": [{"setWeight": 50}, {"analysis": {"templates": [{"templateName": "late"}]}}]}""");
        await NamedAsync(app, $"{Canary}.canaryService", "\"app-late\" not found");
        await NamedAsync(app, $"{Canary}.steps[1].analysis", "'late'");
        app.Apply(Template("late", "result[0] > 0", "{prometheus: {query: up}}"));
        app.Apply(Manifests.Service(app.Namespace, "app-late"));
        app.Apply(Manifests.Route(app.Namespace).Replace("app-canary", "app-late", StringComparison.Ordinal));

        await HealedAsync(app);
        var told = await app.UntilAsync(r => App.Condition(r, "UnknownField") is not null, "the unknown field");
        Assert.Equal($"{Canary}.step is not a known field; did you mean steps?", App.Condition(told, "UnknownField"));
        await app.ToldAsync("UnknownField", m => m == App.Condition(told, "UnknownField"));
        await PatchAsync(app, """{"step": null}""");
        await app.UntilAsync(r => App.Condition(r, "UnknownField") is null, "the field's removal");
    }

    private static Task PatchAsync(App app, string canary) => app.PatchAsync(ResourceType.Rollouts, "app", $$$"""{"spec": {"strategy": {"canary": {{{canary}}}}} }""");

    private static async Task NamedAsync(App app, string path, string says)
    {
        var wrong = await app.UntilAsync(r => App.Message(r).Contains(path + ":", StringComparison.Ordinal), $"a complaint about {path}");
        Assert.Equal("Degraded", App.Phase(wrong));
        Assert.StartsWith("InvalidSpec: The Rollout \"app\" is invalid: ", App.Message(wrong), StringComparison.Ordinal);
        Assert.Contains(says, App.Message(wrong), StringComparison.Ordinal);
        Assert.Equal(App.Message(wrong), $"InvalidSpec: {App.Condition(wrong, "InvalidSpec")}");
        await app.ToldAsync("InvalidSpec", m => m.Contains(path, StringComparison.Ordinal));
    }

    private static Task HealedAsync(App app) => app.UntilAsync(
        r => App.Phase(r) == "Healthy" && App.Condition(r, "InvalidSpec") is null && App.Text(r, "status", "observedGeneration") == App.Text(r, "metadata", "generation"), "healing");

    /// <summary>A patch back to what was good: fields that it didn't have are removed.</summary>
    private static string WithoutWhatIsNew(string good, string patch)
    {
        var back = (JsonObject)JsonNode.Parse(good)!;
        if (patch.Contains("istio", StringComparison.Ordinal)) back["trafficRouting"]!["istio"] = null;
        return back.ToJsonString();
    }

    private static string Template(string name, string condition, string provider) => $$"""
        apiVersion: argoproj.io/v1alpha1
        kind: AnalysisTemplate
        metadata: {name: {{name}}, namespace: {{(name == "late" ? "later" : "mistakes")}} }
        spec: {metrics: [{name: rate, successCondition: "{{condition}}", provider: {{provider}} }]}
        """;
}
