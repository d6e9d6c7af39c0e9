using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Templates.Providers;
using static CanaryAnalyzer.Core.Tests.Analysis.Runs.RunScenario;

namespace CanaryAnalyzer.Core.Tests.Templates;

public sealed class RunPlanTests
{
    [Theory]
    [InlineData(", \"count\": 3, \"interval\": \"1m\", \"failureLimit\": 4", "spec.metrics[0].count: must be at least failureLimit + consecutiveSuccessLimit (4), not 3")]
    [InlineData(", \"count\": 3, \"interval\": \"1m\", \"failureLimit\": 2, \"consecutiveSuccessLimit\": 2", "spec.metrics[0].count: must be at least failureLimit + consecutiveSuccessLimit (4), not 3")]
    [InlineData(", \"count\": 3, \"interval\": \"1m\", \"inconclusiveLimit\": 4", "spec.metrics[0].count: must be at least inconclusiveLimit (4), not 3")]
    [InlineData(", \"failureLimit\": -1", "spec.metrics[0].failureLimit: of -1 tolerates every failure, so nothing could fail; write a limit of 0 or more, or a consecutiveSuccessLimit")]
    [InlineData(", \"failureLimit\": -2", "spec.metrics[0].failureLimit: must be a number from -1 to 1000000000, not -2")]
    [InlineData(", \"interval\": \"soon\"", "spec.metrics[0].interval: must be a duration such as 30s, 5m or 1h30m, not \"soon\"")]
    [InlineData(", \"failureCondition\": \"reslt[0] > 1\"", "spec.metrics[0].failureCondition: column 1: unknown name \"reslt\"; did you mean \"result\"?")]
    [InlineData(", \"failureCondition\": \"result == 1\"", "spec.metrics[0].failureCondition: column 8: == can't compare array with int; result is an array: write result[0] or len(result)")]
    [InlineData(", \"successCondition\": \"result[0] != 'up'\"", "spec.metrics[0].successCondition: column 11: != can't compare number with string")]
    public void Metric_with_a_wrong_field_is_refused_with_its_path(string more, string expected) =>
        Assert.Equal([expected], Plan(Metric("a", more)).Errors.Select(error => error.ToString()));

    [Theory]
    [InlineData("{}", "spec.metrics[0].provider: names no provider; use prometheus, or plugin: {canaryanalyzer/compare: …}")]
    [InlineData("{\"web\": {\"url\": \"x\"}}", "spec.metrics[0].provider.web: provider web is not supported here; use prometheus, or plugin: {canaryanalyzer/compare: …}")]
    [InlineData("{\"plugin\": {\"some/thing\": {}}}", "spec.metrics[0].provider.plugin[\"some/thing\"]: provider some/thing is not supported here; use prometheus, or plugin: {canaryanalyzer/compare: …}")]
    [InlineData("{\"job\": {}, \"prometheus\": {\"query\": \"up\"}}", "spec.metrics[0].provider: must name one provider, not job and prometheus")]
    [InlineData("{\"prometheus\": {\"query\": \"up\", \"rangeQuery\": {\"start\": \"now( - 1\", \"end\": \"now()\", \"step\": \"1m\"}}}", "spec.metrics[0].provider.prometheus.rangeQuery.start: column 9: ',' or ')' must stand here, not the end")]
    public void Provider_that_is_not_exactly_one_of_ours_is_refused(string provider, string expected)
    {
        var problems = Plan($$"""{"name": "a", "provider": {{provider}}}""").Errors.Select(error => error.ToString()).ToList();
        Assert.Contains(expected, problems);
    }

    [Theory]
    [InlineData("interval", "\"1m\"", "write interval under canaryanalyzer/compare")]
    [InlineData("count", "3", "write minDuration and maxDuration")]
    [InlineData("successCondition", "\"true\"", "write tolerance")]
    [InlineData("failureCondition", "\"true\"", "write margin")]
    [InlineData("failureLimit", "1", "write risk")]
    [InlineData("inconclusiveLimit", "1", "onInconclusive")]
    [InlineData("consecutiveErrorLimit", "1", "no errors")]
    [InlineData("consecutiveSuccessLimit", "1", "promote")]
    public void Comparison_refuses_fields_that_mean_nothing_to_it_and_says_what_to_write(string field, string value, string instead)
    {
        var error = Assert.Single(Plan(Comparison("c", $", \"{field}\": {value}")).Errors);
        Assert.Equal($"spec.metrics[0].{field}", error.Path);
        Assert.StartsWith("must not stand at a comparison", error.Message, StringComparison.Ordinal);
        Assert.Contains(instead, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Comparison_takes_an_initial_delay_and_counts_for_the_shared_risk()
    {
        var plan = Plan(Comparison("c", ", \"initialDelay\": \"1m\"") + "," + Comparison("d") + "," + Comparison("dry") + "," + Metric(), ", \"dryRun\": [{\"metricName\": \"dry\"}]");
        Assert.Empty(plan.Errors);
        Assert.Equal(2, plan.Comparisons);
        Assert.Equal(TimeSpan.FromMinutes(1), plan.Metrics[0].Spec.InitialDelay);
        Assert.Empty(plan.EndlessMetrics);
    }

    [Fact]
    public void All_errors_are_named_at_once()
    {
        var plan = Plan(Metric("a", ", \"count\": \"x\"") + "," + Metric("a", ", \"interval\": 5") + "," + Metric("b") + "," + Metric("b"), ", \"dryRun\": [{\"metricName\": \"(\"}]");
        Assert.Equal(["spec.metrics[0].count", "spec.metrics[1].interval", "spec.metrics[3]", "spec.dryRun[0].metricName"], plan.Errors.Select(error => error.Path));
    }

    [Fact]
    public void Rule_that_matches_nothing_is_an_error()
    {
        var plan = Plan(Metric("a"), ", \"dryRun\": [{\"metricName\": \"b\"}], \"measurementRetention\": [{\"metricName\": \"^c\", \"limit\": 3}]");
        Assert.Equal(["spec.dryRun[0]", "spec.measurementRetention[0]"], plan.Errors.Select(error => error.Path));
    }

    [Fact]
    public void Arguments_are_put_in_place_whatever_they_contain()
    {
        var metric = """{"name": "{{ args.n }}", "successCondition": "result[0] > {{args.limit}}", "count": "{{args.count}}", "interval": "1m", "provider": {"prometheus": {"query": "up{x=\"{{args.x}}\"} {{args.x}}"}}}""";
        var plan = Plan(metric, """, "args": [{"name": "n", "value": "m"}, {"name": "limit", "value": "0.5"}, {"name": "count", "value": "7"}, {"name": "x", "value": "a\"b\\c\n{{args.n}}"}]""");
        Assert.Empty(plan.Errors);
        var spec = plan.Metrics[0].Spec;
        Assert.Equal(("m", 7, "result[0] > 0.5"), (spec.Name, spec.Count, spec.Conditions.Success?.Text));
        Assert.Equal("up{x=\"a\"b\\c\n{{args.n}}\"} a\"b\\c\n{{args.n}}", Assert.IsType<PrometheusSpec>(spec.Provider).Query);
    }

    [Theory]
    [InlineData("{{args.hos}}", "failed to resolve {{args.hos}}; did you mean {{args.host}}?")]
    [InlineData("{{args.unheard-of}}", "failed to resolve {{args.unheard-of}}; add unheard-of to args")]
    [InlineData("{{host}}", "failed to resolve {{host}}; write {{args.name}}")]
    [InlineData("{{args.host", "{{ has no }} after it; write {{args.name}}")]
    public void Place_that_asks_for_no_argument_is_named(string text, string expected)
    {
        var plan = Plan(Metric().Replace("\"up\"", $"\"{text}\"", StringComparison.Ordinal), ", \"args\": [{\"name\": \"host\", \"value\": \"x\"}]");
        var error = Assert.Single(plan.ArgumentErrors);
        Assert.Equal(("spec.metrics[0].provider.prometheus.query", expected), (error.Path, error.Message));
        Assert.StartsWith("Unable to resolve metric arguments: ", plan.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_are_masked_in_the_plan_and_put_in_place_for_a_measurement()
    {
        var metric = """{"name": "a", "provider": {"prometheus": {"address": "{{args.where}}", "query": "up", "headers": [{"key": "Authorization", "value": "Bearer {{args.token}}"}]}}}""";
        var spec = Read(metric, """, "args": [{"name": "where", "valueFrom": {"secretKeyRef": {"name": "s", "key": "address"}}}, {"name": "token", "valueFrom": {"secretKeyRef": {"name": "s", "key": "token"}}}]""");
        var plan = RunPlan.Of(spec);
        Assert.Empty(plan.Errors);
        Assert.IsType<ProviderSpec.AwaitsSecrets>(plan.Metrics[0].Spec.Provider);
        Assert.Equal(2, plan.Metrics[0].Secrets.Length);

        var (address, token) = (new SecretReference("s", "address"), new SecretReference("s", "token"));
        Assert.True(RunPlan.TryResolve(spec, plan.Metrics[0], new Dictionary<SecretReference, string> { [address] = "http://prometheus", [token] = "hush-hush" }, out var resolved, out _));
        var query = Assert.IsType<PrometheusSpec>(resolved.Provider);
        Assert.Equal(("http://prometheus/", "Bearer hush-hush"), (query.Connection.Address?.ToString(), query.Connection.Headers[0].Value));

        Assert.False(RunPlan.TryResolve(spec, plan.Metrics[0], new Dictionary<SecretReference, string> { [address] = "not-an-address", [token] = "hush-hush" }, out _, out var problem));
        Assert.Contains("provider.prometheus.address: must be an address", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("not-an-address", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Mask_finds_secrets_in_json_and_in_addresses()
    {
        var mask = SecretMask.Of(["pa\"ss/word", "pa\"ss", "abc"]);
        Assert.Equal("***** ***** ***** abc", mask.Apply("pa\"ss/word pa\\u0022ss/word pa%22ss%2Fword abc"));
    }

    private static RunPlan Plan(string metrics, string more = "") => RunPlan.Of(Of(metrics, more).Run());

    private static AnalysisRunSpec Read(string metrics, string more) => Of(metrics, more).Run().Spec;
}
