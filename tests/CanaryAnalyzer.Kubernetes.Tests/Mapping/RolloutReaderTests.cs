using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Strategies.Canary;
using CanaryAnalyzer.Kubernetes.Mapping;
using CanaryAnalyzer.Kubernetes.Routing.GatewayApi;

namespace CanaryAnalyzer.Kubernetes.Tests.Mapping;

public sealed class RolloutReaderTests
{
    [Fact]
    public void The_seed_is_read_whole()
    {
        var (spec, errors) = RolloutReader.Read(SeedManifests.Rollout());

        Assert.Empty(errors);
        Assert.Equal((2, 30, 3), (spec!.Replicas, spec.MinReadySeconds, spec.RevisionHistoryLimit));
        Assert.Equal(new WorkloadReference("Deployment", "web", ScaleDownMode.OnSuccess), spec.Workload);
        Assert.Equal([new CanaryStep.SetWeight(50), new CanaryStep.Pause(null), new CanaryStep.SetWeight(100)], Canary(spec).Steps);
        Assert.Equal([new RouteReference(GatewayApiRouter.FieldName, "HTTPRoute", "team", "web")], spec.Strategy.Routes);
        Assert.Equal(TimeSpan.FromSeconds(600), spec.ProgressDeadline);
        Assert.Equal("app=web", spec.SelectorText);
    }

    [Theory]
    [InlineData("\"90s\"", 90)]
    [InlineData("30", 30)]
    [InlineData("\"45\"", 45)]
    [InlineData("\"1h30m\"", 5400)]
    public void A_pause_takes_seconds_and_durations(string duration, int seconds)
    {
        var (spec, errors) = RolloutReader.Read(With("steps", "[{\"pause\": {\"duration\": " + duration + "}}]"));

        Assert.Empty(errors);
        Assert.Equal(new CanaryStep.Pause(TimeSpan.FromSeconds(seconds)), Canary(spec!).Steps.Single());
    }

    [Theory]
    [InlineData("steps", """[{"setWeight": 101}]""", "spec.strategy.canary.steps[0].setWeight", "between 0 and 100")]
    [InlineData("steps", """[{"setWeight": 10, "pause": {}}]""", "spec.strategy.canary.steps[0]", "more than one")]
    [InlineData("steps", """[{"setWeight": 10}, {}]""", "spec.strategy.canary.steps[1]", "has none")]
    [InlineData("steps", """[{"pause": {"duration": "5x"}}]""", "spec.strategy.canary.steps[0].pause.duration", "5x")]
    [InlineData("steps", """[{"pause": {"duration": -5}}]""", "spec.strategy.canary.steps[0].pause.duration", "-5")]
    [InlineData("steps", """[{"setWeight": "ten"}]""", "spec.strategy.canary.steps[0].setWeight", "integer")]
    [InlineData("steps", """[{"analysis": {"templates": []}}]""", "spec.strategy.canary.steps[0].analysis.templates", "at least one")]
    [InlineData("steps", """[{"setCanaryScale": {"replicas": 1}}]""", "spec.strategy.canary.steps[0].setCanaryScale", "not supported here")]
    [InlineData("steps", """[{"experiment": {"templates": []}}]""", "spec.strategy.canary.steps[0].experiment", "not supported here")]
    [InlineData("trafficRouting", """{"istio": {}}""", "spec.strategy.canary.trafficRouting.istio", "not supported here")]
    [InlineData("trafficRouting", """{"plugins": {"acme/router": {}}}""", "spec.strategy.canary.trafficRouting.plugins.acme/router", "not supported here")]
    [InlineData("trafficRouting", """{"plugins": {"argoproj-labs/gatewayAPI": {"grpcRoute": "web"}}}""", "spec.strategy.canary.trafficRouting.plugins.argoproj-labs/gatewayAPI.grpcRoute", "not supported here")]
    [InlineData("trafficRouting", "null", "spec.strategy.canary.trafficRouting", "HTTPRoute")]
    [InlineData("analysis", """{"templates": [{"templateName": "t"}], "startingStep": -1}""", "spec.strategy.canary.analysis.startingStep", "zero or more")]
    [InlineData("replicaProgressThreshold", """{"type": "percent", "value": 80}""", "spec.strategy.canary.replicaProgressThreshold.type", "expected Percent or Pods")]
    [InlineData("maxUnavailable", "\"lots\"", "spec.strategy.canary.maxUnavailable", "lots")]
    [InlineData("maxSurge", "\"1\"", "spec.strategy.canary.maxSurge", "got the string \"1\": write 1 without quotes")]
    [InlineData("maxUnavailable", "\"0\"", "spec.strategy.canary.maxUnavailable", "got the string \"0\": write 0 without quotes")]
    [InlineData("maxSurge", "\"25x\"", "spec.strategy.canary.maxSurge", "got \"25x\"")]
    [InlineData("maxSurge", "-1", "spec.strategy.canary.maxSurge", "got -1")]
    [InlineData("steps", """[{"setWeight": "20"}]""", "spec.strategy.canary.steps[0].setWeight", "got \"20\": write 20 without quotes")]
    [InlineData("stableService", "\"web-canary\"", "spec.strategy.canary.stableService", "same service")]
    [InlineData("canaryService", "null", "spec.strategy.canary.canaryService", "must to be set")]
    [InlineData("dynamicStableScale", "true", "spec.strategy.canary.dynamicStableScale", "not supported here")]
    public void What_is_wrong_is_named_with_its_place(string field, string value, string path, string says)
    {
        var (spec, errors) = RolloutReader.Read(With(field, value));

        Assert.Null(spec);
        Assert.Contains(errors, e => e.Path == path && e.Message.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void A_surge_is_read_and_must_leave_room_to_move()
    {
        var (without, _) = RolloutReader.Read(With("maxSurge", "null"));
        var (with, errors) = RolloutReader.Read(With("maxSurge", "1"));
        var (_, none) = RolloutReader.Read(With("maxSurge", "0"));

        Assert.Empty(errors);
        Assert.Equal((CountOrShare.OfShare(25), CountOrShare.OfCount(1)), (Canary(without!).MaxSurge, Canary(with!).MaxSurge));
        Assert.Equal("spec.strategy.canary.maxSurge", none.Single().Path);
    }

    [Fact]
    public void All_errors_are_named_at_once()
    {
        var rollout = With("steps", """[{"setWeight": 101}, {"pause": {"duration": "x"}}]""");
        rollout["spec"]!["progressDeadlineSeconds"] = 20;

        var (_, errors) = RolloutReader.Read(rollout);

        Assert.Equal(
            ["spec.strategy.canary.steps[0].setWeight", "spec.strategy.canary.steps[1].pause.duration", "spec.progressDeadlineSeconds"], errors.Select(e => e.Path));
    }

    [Fact]
    public void Blue_green_is_refused_by_name()
    {
        var rollout = SeedManifests.Rollout();
        rollout["spec"]!["strategy"] = JsonNode.Parse("""{"blueGreen": {"activeService": "web"}}""");

        Assert.Equal("spec.strategy.blueGreen", RolloutReader.Read(rollout).Errors.Single().Path);
    }

    [Fact]
    public void A_stored_quantity_that_is_none_is_named_with_its_place()
    {
        var rollout = SeedManifests.Rollout();
        var spec = rollout["spec"]!.AsObject();
        spec.Remove("workloadRef");
        spec["template"] = SeedManifests.Deployment()["spec"]!["template"]!.DeepClone();
        spec["template"]!["spec"]!["containers"]![0]!["resources"] = JsonNode.Parse("""{"limits": {"memory": "invalid"}}""");

        Assert.Equal(
            ["spec.template.spec.containers[0].resources.limits.memory: expected a quantity such as 128Mi or 0.5, got \"invalid\""],
            RolloutReader.Read(rollout).Errors.Select(e => e.ToString()));
    }

    [Fact]
    public void A_canary_without_traffic_routing_is_told_about_that_alone()
    {
        var rollout = With("trafficRouting", "null");
        rollout["spec"]!["strategy"]!["canary"]!["canaryService"] = null;
        rollout["spec"]!["strategy"]!["canary"]!["stableService"] = null;

        Assert.Equal(["spec.strategy.canary.trafficRouting"], RolloutReader.Read(rollout).Errors.Select(e => e.Path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_background_analysis_may_begin_at_any_step_and_past_the_last_one_never_does(int step)
    {
        var (spec, errors) = RolloutReader.Read(With("analysis", $$"""{"templates": [{"templateName": "t"}], "startingStep": {{step}}}"""));

        Assert.Empty(errors);
        Assert.Equal(step, Canary(spec!).Background!.StartingStep);
    }

    [Theory]
    [InlineData("""{"metadata": {"labels": {"app": "web"}}}""", true)]
    [InlineData("""{"metadata": {"annotations": {"team": "a"}}, "spec": {"containers": null}}""", true)]
    [InlineData("""{"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "web", "image": "hello:1"}]}}""", true)]
    [InlineData("""{"metadata": {"creationTimestamp": null}, "spec": {"containers": null}}""", false)]
    [InlineData("""{"metadata": {"labels": {}}, "spec": {"containers": []}}""", false)]
    [InlineData("null", false)]
    public void A_template_beside_a_workload_reference_is_refused_unless_it_is_empty(string template, bool isRefused)
    {
        var rollout = SeedManifests.Rollout();
        rollout["spec"]!["template"] = JsonNode.Parse(template);

        Assert.Equal(isRefused ? ["spec.template"] : [], RolloutReader.Read(rollout).Errors.Select(e => e.Path));
    }

    [Theory]
    [InlineData("replicas", "-1")]
    [InlineData("minReadySeconds", "-1")]
    [InlineData("revisionHistoryLimit", "-1")]
    [InlineData("workloadRef", """{"apiVersion": "apps/v1", "kind": "Deployment", "name": "web", "scaleDown": "onSuccess"}""")]
    [InlineData("selector", "{}")]
    public void What_is_wrong_beside_the_strategy_is_named_too(string field, string value)
    {
        var rollout = SeedManifests.Rollout();
        rollout["spec"]![field] = JsonNode.Parse(value);

        Assert.StartsWith($"spec.{field}", RolloutReader.Read(rollout).Errors.Single().Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_selector_may_be_absent_where_a_workload_has_it(bool hasWorkload)
    {
        var rollout = SeedManifests.Rollout();
        var spec = rollout["spec"]!.AsObject();
        spec.Remove("selector");
        if (!hasWorkload)
        {
            spec.Remove("workloadRef");
            spec["template"] = SeedManifests.Deployment()["spec"]!["template"]!.DeepClone();
        }

        Assert.Equal(hasWorkload ? [] : ["spec.selector"], RolloutReader.Read(rollout).Errors.Select(e => e.Path));
    }

    private static CanaryStrategy Canary(RolloutSpec spec) => Assert.IsType<CanaryStrategy>(spec.Strategy);

    private static JsonObject With(string field, string value)
    {
        var rollout = SeedManifests.Rollout();
        rollout["spec"]!["strategy"]!["canary"]![field] = JsonNode.Parse(value);
        return rollout;
    }
}
