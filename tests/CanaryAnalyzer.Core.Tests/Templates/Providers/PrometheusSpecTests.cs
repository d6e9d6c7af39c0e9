using System.Text.Json;
using CanaryAnalyzer.Core.Expressions;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Tests.Templates.Providers;

public class PrometheusSpecTests
{
    [Fact]
    public void Query_is_enough()
    {
        var spec = Parse("""{"query": "up"}""");

        Assert.Equal(("up", null, new PrometheusConnection()), (spec.Query, spec.Range, spec.Connection));
    }

    [Fact]
    public void Range_is_read()
    {
        var spec = Parse("""{"query": "up", "rangeQuery": {"start": "now() - duration(\"1h\")", "end": "now()", "step": "1m"}}""");

        Assert.Equal(new PrometheusRange("now() - duration(\"1h\")", "now()", TimeSpan.FromMinutes(1)), spec.Range);
    }

    [Theory]
    [InlineData("up", ResultShape.Numbers)]
    [InlineData("vector(1)", ResultShape.Numbers)]
    [InlineData("{__name__='up'} # scalar(x)", ResultShape.Numbers)]
    [InlineData("""sum(rate(a_total{path="scalar(1)"}[5m])) / 2""", ResultShape.Numbers)]
    [InlineData("time() - a_timestamp_seconds", ResultShape.Numbers)]
    [InlineData("0x1F * 1e3 + Inf", ResultShape.NumberOrNumbers)]
    [InlineData("time() / 60", ResultShape.NumberOrNumbers)]
    [InlineData("scalar(sum(up))", ResultShape.NumberOrNumbers)]
    [InlineData("SCALAR(sum(up)) > bool 1", ResultShape.NumberOrNumbers)]
    public void What_conditions_see_is_known_where_no_scalar_can_come_of_it(string query, ResultShape shape)
    {
        var spec = Parse("""{"query": "up"}""");

        Assert.Equal(shape, (spec with { Query = query }).Shape);
        Assert.Equal(ResultShape.Numbers, (spec with { Query = query, Range = new PrometheusRange("now()", "now()", TimeSpan.FromMinutes(1)) }).Shape);
    }

    [Fact]
    public void Equal_connections_are_equal()
    {
        const string Json = """{"query": "up", "address": "http://a", "headers": [{"key": "A", "value": "b"}]}""";

        Assert.Equal(Parse(Json).Connection, Parse(Json).Connection);
        Assert.Equal(Parse(Json).Connection.GetHashCode(), Parse(Json).Connection.GetHashCode());
        Assert.NotEqual(Parse(Json).Connection, Parse(Json.Replace("b", "c", StringComparison.Ordinal)).Connection);
    }

    [Theory]
    [InlineData("""{}""", "p.query: is required; write a PromQL query")]
    [InlineData("""{"query": ""}""", "p.query: must be a PromQL query, not \"\"")]
    [InlineData("""{"query": "up", "timeout": 0}""", "p.timeout: must be a number from 1 to 600, not 0")]
    [InlineData("""{"query": "up", "rangeQuery": {"start": "now()", "end": "now()"}}""", "p.rangeQuery.step: is required; write a duration such as 1m")]
    [InlineData("""{"query": "up", "adress": "http://a"}""", "p.adress: is not a field here; did you mean address?")]
    public void Wrong_field_is_named(string json, string message)
    {
        var errors = new List<SpecError>();

        Assert.Null(PrometheusSpec.TryParse(JsonDocument.Parse(json).RootElement, "p", errors));
        Assert.Equal([message], errors.Select(error => error.ToString()));
    }

    private static PrometheusSpec Parse(string json)
    {
        var errors = new List<SpecError>();
        var spec = PrometheusSpec.TryParse(JsonDocument.Parse(json).RootElement, "p", errors);
        Assert.Empty(errors);
        return spec!;
    }
}
