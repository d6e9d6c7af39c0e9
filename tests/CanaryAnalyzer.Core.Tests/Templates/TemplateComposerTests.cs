using System.Text.Json;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Values;
using static CanaryAnalyzer.Core.Tests.Analysis.Runs.RunScenario;

namespace CanaryAnalyzer.Core.Tests.Templates;

public sealed class TemplateComposerTests
{
    private readonly Dictionary<TemplateReference, AnalysisTemplateSpec> _templates = [];

    [Fact]
    public void Metrics_arguments_and_rules_of_all_templates_come_together()
    {
        Add("a", $$"""{"metrics": [{{Metric("a")}}], "args": [{"name": "x"}, {"name": "y", "value": "why"}], "dryRun": [{"metricName": "a"}]}""");
        Add("b", $$"""{"metrics": [{{Metric("b")}}], "args": [{"name": "x", "value": "ex"}], "measurementRetention": [{"metricName": "b", "limit": 5}]}""");
        var composition = Compose(["a", "b"], args: [ArgumentSpec.Of("y", "given"), ArgumentSpec.Of("unknown", "ignored")]);
        Assert.Empty(composition.Errors);
        Assert.Equal(2, composition.Spec!.Metrics.Length);
        Assert.Equal([ArgumentSpec.Of("x", "ex"), ArgumentSpec.Of("y", "given")], composition.Spec.Args);
        Assert.Equal(["a"], composition.Spec.DryRun.AsEnumerable());
        Assert.Equal([new RetentionRule("b", 5)], composition.Spec.MeasurementRetention.AsEnumerable());
    }

    [Fact]
    public void Templates_made_of_templates_are_taken_once_each()
    {
        Add("top", """{"templates": [{"templateName": "left"}, {"templateName": "right"}]}""");
        Add("left", $$"""{"metrics": [{{Metric("left")}}], "templates": [{"templateName": "leaf", "clusterScope": true}]}""");
        Add("right", $$"""{"metrics": [{{Metric("right")}}], "templates": [{"templateName": "leaf", "clusterScope": true}]}""");
        Add("leaf", $$"""{"metrics": [{{Metric("leaf")}}]}""", clusterScope: true);
        var composition = Compose(["top"]);
        Assert.Empty(composition.Errors);
        Assert.Equal(["left", "right", "leaf"], composition.Spec!.Metrics.Select(metric => metric.GetProperty("name").GetString()));
    }

    [Fact]
    public void Template_that_is_made_of_itself_is_refused()
    {
        Add("a", $$"""{"metrics": [{{Metric()}}], "templates": [{"templateName": "b"}]}""");
        Add("b", """{"templates": [{"templateName": "a"}]}""");
        Assert.Equal(["AnalysisTemplate 'b': spec.templates[0]: AnalysisTemplate 'a' is made of itself, by way of AnalysisTemplate 'b' and AnalysisTemplate 'a'"], Compose(["a"]).Errors.Select(error => error.ToString()));
    }

    [Fact]
    public void Missing_template_is_named()
    {
        var composition = Compose(["nowhere"]);
        Assert.Null(composition.Spec);
        Assert.Equal(new SpecError("spec.analysis.templates[0]", "AnalysisTemplate 'nowhere' not found") { Code = SpecErrorCode.TemplateNotFound }, Assert.Single(composition.Errors));
    }

    [Fact]
    public void Different_defaults_of_one_argument_are_refused()
    {
        Add("a", $$"""{"metrics": [{{Metric("a")}}], "args": [{"name": "x", "value": "1"}]}""");
        Add("b", $$"""{"metrics": [{{Metric("b")}}], "args": [{"name": "x", "value": "2"}]}""");
        Assert.Equal("Argument `x` specified multiple times with different values: '1', '2'", Assert.Single(Compose(["a", "b"]).Errors).Message);
    }

    [Fact]
    public void Argument_without_value_is_named()
    {
        Add("a", $$"""{"metrics": [{{Metric()}}], "args": [{"name": "x"}]}""");
        Assert.Equal("spec.analysis.args: args.x was not resolved", Assert.Single(Compose(["a"]).Errors).ToString());
    }

    [Fact]
    public void Secret_of_a_template_stays_a_reference_and_a_field_becomes_its_value()
    {
        Add("a", $$"""{"metrics": [{{Metric()}}], "args": [{"name": "s", "valueFrom": {"secretKeyRef": {"name": "n", "key": "k"} } }, {"name": "f", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"} } }]}""");
        var spec = Compose(["a"], field: path => path == "metadata.name" ? "web" : null).Spec!;
        Assert.Equal([new ArgumentSpec { Name = "s", Secret = new SecretReference("n", "k") }, ArgumentSpec.Of("f", "web")], spec.Args);
        Assert.Equal("spec.analysis.args: args.f was not resolved: the Rollout has no field metadata.name", Assert.Single(Compose(["a"]).Errors).ToString());
    }

    [Fact]
    public void Errors_in_a_template_name_the_template()
    {
        Add("a", $$"""{"metrics": [{{Metric("a")}}, {{Metric("b", ", \"count\": 2")}}]}""", clusterScope: true);
        var errors = TemplateComposer.Compose(Request([new TemplateReference("a", true)]), reference => _templates.GetValueOrDefault(reference)).Errors;
        Assert.Equal("ClusterAnalysisTemplate 'a': spec.metrics[1].interval", Assert.Single(errors).Path);
    }

    [Fact]
    public void Two_metrics_of_one_name_are_refused()
    {
        Add("a", $$"""{"metrics": [{{Metric("m")}}]}""");
        Add("b", $$"""{"metrics": [{{Metric("m")}}]}""");
        Assert.Equal("AnalysisTemplate 'b': spec.metrics[0]: duplicate name 'm'", Assert.Single(Compose(["a", "b"]).Errors).ToString());
    }

    [Fact]
    public void Endless_metric_is_refused_where_a_step_waits()
    {
        Add("a", $$"""{"metrics": [{{Metric("m", ", \"interval\": \"1m\"")}}]}""");
        Assert.Empty(Compose(["a"]).Errors);
        var request = Request([new TemplateReference("a")]) with { MustBeFinite = true };
        Assert.Equal("metric 'm' runs without end, and a step waits for it; write a count", Assert.Single(TemplateComposer.Compose(request, reference => _templates.GetValueOrDefault(reference)).Errors).Message);
    }

    [Fact]
    public void Comparison_gets_what_its_default_sides_need_without_declaring_it()
    {
        Add("a", $$"""{"metrics": [{{Comparison()}}]}""");
        var spec = Compose(["a"], args: [ArgumentSpec.Of("canary-hash", "abc"), ArgumentSpec.Of("stable-pods", "web-.*"), ArgumentSpec.Of("canary-weight", "20")]).Spec!;
        Assert.Equal(["canary-hash", "stable-pods"], spec.Args.Select(argument => argument.Name));
    }

    private static CompositionRequest Request(TemplateReference[] templates) => new() { Path = "spec.analysis", Templates = [.. templates] };

    private Composition Compose(string[] names, ArgumentSpec[]? args = null, Func<string, string?>? field = null) => TemplateComposer.Compose(
        Request([.. names.Select(name => new TemplateReference(name))]) with { Args = [.. args ?? []], FieldValue = field ?? (_ => null) },
        reference => _templates.GetValueOrDefault(reference));

    private void Add(string name, string spec, bool clusterScope = false)
    {
        using var document = JsonDocument.Parse(spec);
        var errors = new List<SpecError>();
        _templates.Add(new TemplateReference(name, clusterScope), AnalysisTemplateSpec.TryRead(document.RootElement, "spec", errors)!);
        Assert.Empty(errors);
    }
}
