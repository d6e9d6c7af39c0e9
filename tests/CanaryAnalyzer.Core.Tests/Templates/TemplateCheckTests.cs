using System.Text.Json;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Tests.Templates;

public sealed class TemplateCheckTests
{
    private const string Errors = """{"name": "errors", "errorRate": {"requests": "a_total{ns=\"{{args.namespace}}\"}", "errors": "a_total{ns=\"{{args.namespace}}\",code=~\"5..\"}"}}""";
    private const string Args = """[{"name": "namespace"}, {"name": "canary-pods"}, {"name": "stable-pods"}]""";

    [Fact]
    public void Sound_template_has_no_findings() => Assert.Empty(Find(Args, $$"""{"measures": [{{Errors}}]}"""));

    [Fact]
    public void Rate_is_no_counter()
    {
        var found = Find("[]", """{"canary": "a=\"1\"", "stable": "a=\"2\"", "measures": [{"name": "errors", "errorRate": {"requests": "rate(a_total[5m])", "errors": "b_total"}}]}""");

        var (error, isWarning) = Assert.Single(found);
        Assert.False(isWarning);
        Assert.Contains("without rate(): the judge reads counts", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("measures[0].errorRate.requests", error.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rate(a_total{ns=\\\"{{args.namespace}}\\\"}[5m])", "without rate(): the judge reads counts")]
    [InlineData("a_total{ns=\\\"{{args.namespace}}\\\"", "")]
    public void What_is_wrong_whatever_an_argument_is_is_found_before_it_is_given(string requests, string expected)
    {
        var found = Find(Args, $$$"""{"measures": [{"name": "errors", "errorRate": {"requests": "{{{requests}}}", "errors": "b_total"}}]}""");

        var (error, _) = Assert.Single(found, finding => finding.Error.Path.EndsWith("measures[0].errorRate.requests", StringComparison.Ordinal));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{args.namespace}}_total")]
    [InlineData("{{ args.namespace }}")]
    [InlineData("a_total{le=\\\"{{args.namespace}}\\\"}")]
    public void What_may_be_right_with_some_argument_is_not_refused(string requests) =>
        Assert.Empty(Find(Args, $$$"""{"maxDuration": "{{args.namespace}}m", "risk": {"falsePromotion": "{{args.namespace}}%"}, "measures": [{"name": "errors", "errorRate": {"requests": "{{{requests}}}", "errors": "b_total"}}]}"""));

    [Theory]
    [InlineData("result[0] {{args.a}} {{args.b}}", "up")]
    [InlineData("{{args.a}}(result) < 1", "up")]
    [InlineData("result[0] < {{args.a}} {{args.b}} len(result) == 0", "up")]
    [InlineData("all(result, # {{args.a}} 1)", "up")]
    [InlineData("result{{args.a}} > 1", "up")]
    [InlineData("result[0] {{args.a}} and not isNaN(result[0])", "up")]
    [InlineData("{{args.a}} {{args.b}} {{args.c}}", "up")]
    [InlineData("result[0] {{args.a}} {{args.b}} {{args.c}} result[0] {{args.d}} {{args.e}}", "up")]
    [InlineData("result == 1", "{{args.a}}")]
    [InlineData("result {{args.a}} 1", "{{args.b}}")]
    [InlineData("result == {{args.a}}", "{{args.b}} / {{args.c}}")]
    public void Condition_that_some_arguments_make_valid_is_not_refused(string condition, string query) => Assert.Empty(FindMetric(condition, query, "http://prometheus:9090"));

    [Theory]
    [InlineData("{{args.a}}/select/0/prometheus")]
    [InlineData("{{args.a}}://{{args.b}}:9090")]
    [InlineData("http://{{args.a}}:{{args.b}}/{{args.c}}")]
    [InlineData("{{args.a}}{{args.b}}")]
    [InlineData("{{args.a}}")]
    public void Address_that_some_arguments_make_valid_is_not_refused(string address) => Assert.Empty(FindMetric("result[0] > {{args.d}}", "up", address));

    [Theory]
    [InlineData("reslt[0] > {{args.a}}", "up", "http://a", "successCondition", "did you mean \"result\"?")]
    [InlineData("result[0] == '{{args.a}}'", "up", "http://a", "successCondition", "can't compare number with string")]
    [InlineData("result > {{args.a}} and result[0] > {{args.b}}", "up{ns='{{args.c}}'}", "http://a", "successCondition", "write result[0]")]
    [InlineData("result[0] > lenn({{args.a}})", "up", "http://a", "successCondition", "did you mean \"len\"?")]
    [InlineData("result[0] > 1", "up", "ftp://{{args.a}}", "provider.prometheus.address", "must be an address")]
    [InlineData("result[0] > 1", "up", "http://{{args.a}}?x={{args.b}}", "provider.prometheus.address", "must be an address")]
    public void What_no_argument_makes_valid_is_refused(string condition, string query, string address, string field, string says)
    {
        var finding = Assert.Single(FindMetric(condition, query, address));

        Assert.Equal($"spec.metrics[0].{field}", finding.Error.Path);
        Assert.Contains(says, finding.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_for_a_metric_whose_name_is_an_argument_may_match_it()
    {
        using var document = JsonDocument.Parse("""{"args": [{"name": "n"}], "dryRun": [{"metricName": "rate"}], "metrics": [{"name": "{{args.n}}", "provider": {"prometheus": {"query": "up"}}}]}""");

        Assert.Empty(TemplateCheck.Find(AnalysisTemplateSpec.TryRead(document.RootElement, "spec", [])!));
    }

    [Fact]
    public void Field_that_waits_for_an_argument_is_not_refused_and_neither_is_what_is_compared_with_it()
    {
        const string args = """[{"name": "namespace"}, {"name": "canary-pods"}, {"name": "stable-pods"}, {"name": "longest"}]""";

        Assert.Empty(Find(args, $$$"""{"minDuration": "50m", "maxDuration": "{{args.longest}}", "measures": [{{{Errors}}}]}"""));
        var refused = Assert.Single(Find(args, $$$"""{"minDuration": "40m", "maxDuration": "{{args.longest}}", "interval": "{{args.longest}}", "minRequests": -1, "measures": [{{{Errors}}}]}"""));
        Assert.EndsWith("minRequests", refused.Error.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"histogram\": \"rq_time\"", 1)]
    [InlineData("\"histogram\": \"rq_time\", \"unit\": \"ms\"", 0)]
    [InlineData("\"histogram\": \"request_duration_milliseconds\"", 0)]
    [InlineData("\"histogram\": \"{{args.namespace}}\"", 0)]
    public void Histogram_whose_unit_nobody_tells_is_a_warning(string histogram, int warnings)
    {
        var found = Find(Args, $$$"""{"measures": [{"name": "latency", "latency": {{{{histogram}}}}}, {{{Errors}}}]}""");

        Assert.Equal(warnings, found.Count(finding => finding is { IsWarning: true, Error.Path: var path } && path.EndsWith("measures[0].latency.histogram", StringComparison.Ordinal)));
        Assert.DoesNotContain(found, finding => !finding.IsWarning);
    }

    [Fact]
    public void Bounds_of_a_histogram_that_an_argument_names_are_not_refused() =>
        Assert.DoesNotContain(Find(Args, $$$"""{"measures": [{"name": "latency", "bounds": ["250ms"], "latency": {"histogram": "{{args.namespace}}"}}, {{{Errors}}}]}"""), finding => !finding.IsWarning);

    [Fact]
    public void Argument_that_is_not_declared_is_named_with_the_one_that_was_meant()
    {
        var found = Find(Args, $$"""{"measures": [{{Errors.Replace("args.namespace", "args.namespac", StringComparison.Ordinal)}}]}""");

        Assert.Contains(found, finding => !finding.IsWarning && finding.Error.Message.Contains("did you mean {{args.namespace}}?", StringComparison.Ordinal));
    }

    [Fact]
    public void Argument_that_nothing_asks_for_is_a_warning()
    {
        var finding = Assert.Single(Find("""[{"name": "namespace"}, {"name": "canary-pods"}, {"name": "stable-pods"}, {"name": "zone", "value": "a"}]""", $$"""{"measures": [{{Errors}}]}"""));

        Assert.True(finding.IsWarning);
        Assert.Equal("spec.args[3].name", finding.Error.Path);
    }

    [Fact]
    public void Arguments_of_the_default_sides_are_used_by_them_and_unused_beside_matchers()
    {
        var found = Find(Args, $$"""{"canary": "a=\"1\"", "stable": "a=\"2\"", "measures": [{{Errors}}]}""");

        Assert.Equal(["spec.args[1].name", "spec.args[2].name"], found.Select(finding => finding.Error.Path));
    }

    [Fact]
    public void Sides_that_nothing_tells_apart_are_a_warning_and_equal_ones_an_error()
    {
        var untold = Assert.Single(Find("""[{"name": "namespace"}]""", $$"""{"measures": [{{Errors}}]}"""));
        var same = Assert.Single(Find("""[{"name": "namespace"}]""", $$"""{"canary": "a=\"1\"", "stable": "a=\"1\"", "measures": [{{Errors}}]}"""));

        Assert.True(untold.IsWarning);
        Assert.Contains("declare the args canary-pods and stable-pods", untold.Error.Message, StringComparison.Ordinal);
        Assert.False(same.IsWarning);
    }

    private static IReadOnlyList<TemplateFinding> FindMetric(string condition, string query, string address)
    {
        var used = new[] { "a", "b", "c", "d", "e" }.Where(name => $"{condition} {query} {address}".Contains($"args.{name}}}", StringComparison.Ordinal));
        var spec = JsonSerializer.SerializeToElement(new
        {
            args = used.Select(name => new { name }),
            metrics = new[] { new { name = "m", successCondition = condition, provider = new { prometheus = new { query, address } } } },
        });
        return TemplateCheck.Find(AnalysisTemplateSpec.TryRead(spec, "spec", [])!);
    }

    private static IReadOnlyList<TemplateFinding> Find(string args, string comparison)
    {
        using var document = JsonDocument.Parse(
            "{\"args\": " + args + ", \"metrics\": [{\"name\": \"m\", \"provider\": {\"plugin\": {\"canaryanalyzer/compare\": " + comparison + "}}}]}");
        var errors = new List<SpecError>();
        var spec = AnalysisTemplateSpec.TryRead(document.RootElement, "spec", errors);
        Assert.Empty(errors);
        return TemplateCheck.Find(spec!);
    }
}
