using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Expressions;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Metrics.Prometheus;
using Microsoft.Extensions.DependencyInjection;

namespace CanaryAnalyzer.Metrics.Tests;

public sealed class MetricProvidersTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static TheoryData<string> Kinds => [.. ProviderKinds.All.Select(kind => kind.Field)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_provider_that_a_metric_may_name_is_registered(string field)
    {
        using var services = new ServiceCollection().AddMetrics(new PrometheusDefaults(null)).BuildServiceProvider();
        Assert.Single(services.GetServices<MetricProviders.Registration>(), one => one.Spec == ProviderKinds.Of(field)!.Spec);
    }

    [Fact]
    public async Task Provider_is_chosen_by_the_kind_of_spec()
    {
        var services = new ServiceCollection().AddMetrics(new PrometheusDefaults(null)).AddMetricProvider<Constant, ConstantProvider>();
        await using var built = services.BuildServiceProvider();
        var answer = await built.GetRequiredService<MetricProviders>().MeasureAsync(new Constant("""{"ok": true}"""), new MeasurementRequest { Now = Now }, TestContext.Current.CancellationToken);

        var value = Assert.IsType<ProviderAnswer.Answered>(answer).Value;
        Assert.Equal("""{"ok":true}""", value.Text);
    }

    [Fact]
    public async Task Spec_without_a_provider_has_no_value()
    {
        var answer = await new MetricProviders([]).MeasureAsync(new Constant("1"), new MeasurementRequest { Now = Now }, TestContext.Current.CancellationToken);
        Assert.Equal("the metric's provider can't be read", Assert.IsType<ProviderAnswer.Failed>(answer).Cause);
    }

    [Theory]
    [InlineData("""{"data": {"ok": true, "latency": [1, 2.5]}}""", "result.data.ok && result.data.latency[1] > 2", AnalysisPhase.Successful)]
    [InlineData("""["a"]""", "result[0] == \"b\"", AnalysisPhase.Failed)]
    [InlineData("null", "result == nil", AnalysisPhase.Successful)]
    public void Conditions_read_a_JSON_document(string json, string condition, AnalysisPhase expected)
    {
        using var document = JsonDocument.Parse(json);
        Assert.True(Expression.TryParseCondition(condition, ResultShape.Any, out var success, out _));
        Assert.Equal((expected, ""), new MeasurementConditions(success, null).Judge(new MetricValue.Json(document.RootElement).Result, Now));
    }

    private sealed record Constant(string Json) : ProviderSpec
    {
        public override TimeSpan TimeLimit => TimeSpan.FromSeconds(1);
    }

    private sealed class ConstantProvider : IMetricProvider<Constant>
    {
        public ValueTask<ProviderAnswer> MeasureAsync(Constant spec, MeasurementRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult<ProviderAnswer>(new ProviderAnswer.Answered(new MetricValue.Json(JsonSerializer.Deserialize<JsonElement>(spec.Json))));
    }
}
