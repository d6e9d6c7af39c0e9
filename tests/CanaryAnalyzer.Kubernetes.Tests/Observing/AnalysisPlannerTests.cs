using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Kubernetes.Tests.Observing;

public sealed class AnalysisPlannerTests
{
    private readonly ObjectStore store = new();

    [Fact]
    public void A_template_becomes_the_spec_of_a_run_with_the_arguments_given()
    {
        Put("""{"args": [{"name": "app"}], "metrics": [{"name": "rate", "successCondition": "result[0] >= 0.95", "provider": {"prometheus": {"address": "http://p:9090", "query": "up{app='{{args.app}}'}"}}}]}""");

        var plan = Plan(new AnalysisArgument("app", "web"));

        Assert.Empty(plan.Errors);
        Assert.True(plan.IsFinite);
        Assert.Equal("web", plan.Spec!["args"]![0]!["value"]!.GetValue<string>());
        Assert.Null(plan.MaxDuration);
    }

    [Fact]
    public void A_misspelt_condition_is_refused_since_without_it_everything_would_pass()
    {
        Put("""{"metrics": [{"name": "rate", "succesCondition": "result[0] >= 0.95", "provider": {"prometheus": {"address": "http://p:9090", "query": "up"}}}]}""");

        var plan = Plan();

        Assert.Null(plan.Spec);
        var error = Assert.Single(plan.Errors);
        Assert.Equal("AnalysisTemplate 'rate': spec.metrics[0].succesCondition", error.Path);
        Assert.Contains("successCondition", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_template_and_a_missing_argument_are_named()
    {
        Assert.Contains("'rate' not found", Plan().Errors.Single().ToString(), StringComparison.Ordinal);

        Put("""{"args": [{"name": "app"}], "metrics": [{"name": "rate", "provider": {"prometheus": {"address": "http://p:9090", "query": "up{app='{{args.app}}'}"}}}]}""");
        Assert.Contains("args.app was not resolved", Plan().Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_durations_of_comparisons_are_told()
    {
        Put("""
            {"metrics": [{"name": "compare", "provider": {"plugin": {"canaryanalyzer/compare": {"address": "http://p:9090", "interval": "5s", "minDuration": "30s", "maxDuration": "4m",
              "measures": [{"name": "errors", "errorRate": {"requests": "requests_total", "errors": "requests_total{code=~'5..'}"}}]}}}}]}
            """);

        var plan = Plan([.. PauseArguments.Known([])]);

        Assert.Empty(plan.Errors);
        Assert.Equal((TimeSpan.FromMinutes(4), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5)), (plan.MaxDuration, plan.MinDuration, plan.Interval));
    }

    [Fact]
    public void What_looks_on_between_the_pauses_are_the_comparisons_that_count()
    {
        const string Compare = """{"plugin": {"canaryanalyzer/compare": {"address": "http://p:9090", "measures": [{"name": "errors", "errorRate": {"requests": "requests_total", "errors": "requests_total{code=~'5..'}"}}]}}}""";
        Put("""
            {"dryRun": [{"metricName": "tried"}, {"metricName": "rate"}], "measurementRetention": [{"metricName": "rate", "limit": 3}], "metrics": [
              {"name": "rate", "provider": {"prometheus": {"address": "http://p:9090", "query": "up"}}}, {"name": "compare", "provider": COMPARE}, {"name": "tried", "provider": COMPARE}]}
            """.Replace("COMPARE", Compare, StringComparison.Ordinal));

        var plan = Plan([.. PauseArguments.Known([])]);

        Assert.Empty(plan.Errors);
        Assert.Equal("compare", Assert.Single(plan.Watch!.Metrics).GetProperty("name").GetString());
        Assert.Empty(RunPlan.Of(plan.Watch).Errors);
        Assert.True(plan.PromotesByDefault);
        Assert.False(plan.PromotesAtEnd);
        Put("""{"metrics": [{"name": "rate", "provider": {"prometheus": {"address": "http://p:9090", "query": "up"}}}]}""");
        Assert.Null(Plan().Watch);
    }

    private AnalysisPlan Plan(params AnalysisArgument[] arguments) => new AnalysisPlanner(new StoreView(store)).Plan(
        new RolloutAnalysis { Templates = [new AnalysisTemplateReference("rate", false)], Arguments = [.. arguments] }, "team", JsonSerializer.SerializeToElement(SeedManifests.Rollout()));

    private void Put(string spec) => store.Put("analysistemplates.argoproj.io", new JsonObject
    {
        ["apiVersion"] = "argoproj.io/v1alpha1",
        ["kind"] = "AnalysisTemplate",
        ["metadata"] = new JsonObject { ["name"] = "rate", ["namespace"] = "team" },
        ["spec"] = JsonNode.Parse(spec),
    });
}
