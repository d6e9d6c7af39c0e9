using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Tests.Templates.Providers;

public class CompareSpecTests
{
    private const string Smallest = """{"measures": [{"name": "errors", "errorRate": {"requests": "r", "errors": "e"}}, {"name": "latency", "latency": {"histogram": "h"}}]}""";

    [Fact]
    public void Defaults_are_filled_in()
    {
        var spec = Parse(Smallest);

        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30)), (spec.Interval, spec.MinDuration, spec.MaxDuration));
        Assert.Equal(((PromoteWhen?)null, new RiskSpec(0.01, 0.05), 100L, TimeSpan.FromMinutes(15)), (spec.Promote, spec.Risk, spec.MinRequests, spec.History));
        Assert.Empty(spec.Canary);
        var errors = Assert.IsType<MeasureSpec.ErrorRate>(spec.Measures[0]);
        Assert.Equal((0.5, true, TimeSpan.Zero), (errors.Weight, errors.Required, errors.Warmup));
        Assert.Equal((new RateLine(1.5, 0.001), new RateLine(1, 0.0001)), (errors.Margin, errors.Tolerance));
        var latency = Assert.IsType<MeasureSpec.Latency>(spec.Measures[1]);
        Assert.Equal((0.55, TimeSpan.FromSeconds(60)), (latency.MinEffect, latency.Warmup));
        Assert.Equal([0.10, 0.01, 0.001], latency.Tails);
    }

    [Fact]
    public void Everything_that_may_be_written_is_read()
    {
        var spec = Parse("""
            {"address": "https://prometheus:9090/base", "timeout": 10, "insecure": true, "headers": [{"key": "X-Scope-OrgID", "value": "a"}],
             "authentication": {"basicAuth": {"username": "u", "password": "p"}, "sigv4": {}, "oauth2": {}},
             "canary": "version=\"v2\"", "stable": "version=\"v1\"", "interval": "10s", "minDuration": "1m", "maxDuration": "1h30m", "promote": "AtEnd",
             "risk": {"falseRollback": "0.1%", "falsePromotion": 0.1}, "minRequests": "500", "history": "5m", "target": "instance", "scrapeInterval": "5s",
             "measures": [{"name": "errors", "weight": 3, "required": false, "margin": {"ratio": 2, "absolute": "1%"}, "tolerance": {"ratio": 1.1}, "warmup": "5s",
                           "errorRate": {"requests": "r", "errors": "e"}},
                          {"name": "latency", "weight": 1, "tails": ["1%", 0.1], "minEffect": 0.6, "latency": {"histogram": "h{a=\"b\"}"}}]}
            """);

        Assert.Equal(new Uri("https://prometheus:9090/base"), spec.Connection.Address);
        Assert.Equal((TimeSpan.FromSeconds(10), true, new BasicCredentials("u", "p")), (spec.Connection.Timeout, spec.Connection.Insecure, spec.Connection.BasicAuth));
        Assert.Equal(["version=\"v2\""], spec.Canary.Select(matcher => matcher.ToString()));
        Assert.Equal((new RiskSpec(0.001, 0.1), 500L, (PromoteWhen?)PromoteWhen.AtEnd), (spec.Risk, spec.MinRequests, spec.Promote));
        Assert.Equal(("instance", TimeSpan.FromSeconds(5)), (spec.Target, spec.ScrapeInterval));
        Assert.Equal([0.75, 0.25], spec.Measures.Select(measure => measure.Weight));
        Assert.Equal((new RateLine(2, 0.01), new RateLine(1.1, 0.001)), (((MeasureSpec.ErrorRate)spec.Measures[0]).Margin, ((MeasureSpec.ErrorRate)spec.Measures[0]).Tolerance));
        Assert.Equal([0.1, 0.01], ((MeasureSpec.Latency)spec.Measures[1]).Tails);
    }

    [Theory]
    [InlineData("\"address\": \"prometheus:9090\"", "spec.address: must be an address such as http://prometheus:9090, not \"prometheus:9090\"")]
    [InlineData("\"timeout\": -1", "spec.timeout: must be a number from 1 to 600, not -1")]
    [InlineData("\"authentication\": {\"sigv4\": {\"region\": \"eu\"}}", "spec.authentication.sigv4: is not supported here; use basicAuth, or headers with a token")]
    [InlineData("\"authentication\": {\"oauth2\": {\"tokenUrl\": \"x\"}}", "spec.authentication.oauth2: is not supported here; use basicAuth, or headers with a token")]
    [InlineData("\"authentication\": {\"basicAuth\": {\"username\": \"u\"}}", "spec.authentication.basicAuth.password: is required; write a password, best from a secret: {{args.password}}")]
    [InlineData("\"headers\": [{\"key\": \"a b\", \"value\": \"c\"}]", "spec.headers[0].key: must be a header's name such as X-Scope-OrgID, not \"a b\"")]
    [InlineData("\"interval\": \"500ms\"", "spec.interval: must be at least 1s, not \"500ms\"")]
    [InlineData("\"interval\": 30", "spec.interval: must be a duration such as 30s, 5m or 1h30m, not 30")]
    [InlineData("\"minDuration\": \"1h\"", "spec.minDuration: must not be longer than maxDuration (30m0s), but is 1h0m0s")]
    [InlineData("\"promote\": \"whenSafe\"", "spec.promote: must be WhenSafe or AtEnd, not \"whenSafe\"")]
    [InlineData("\"risk\": {\"falseRollback\": 1}", "spec.risk.falseRollback: must be a share from 0.0001% to 50%, written like 5% or 0.05, not 1")]
    [InlineData("\"risk\": {\"falseRollBack\": \"1%\"}", "spec.risk.falseRollBack: is not a field here; did you mean falseRollback?")]
    [InlineData("\"minRequest\": 5", "spec.minRequest: is not a field here; did you mean minRequests?")]
    [InlineData("\"minRequests\": 1.5", "spec.minRequests: must be a whole number, not 1.5")]
    [InlineData("\"onInconclusive\": \"Wait\"", "spec.onInconclusive: stands in the PromotionPolicy (spec.onInconclusive), not here")]
    [InlineData("\"canary\": \"{pod=\\\"a\\\"}\", \"stable\": \"pod=\\\"b\\\"\"", "spec.canary: is no label matcher: at character 1: leave out the braces: only label conditions such as pod=~\"web-.*\" stand here")]
    [InlineData("\"canary\": \"pod=\\\"a\\\"\"", "spec.stable: is required where the other side is given; write a matcher such as pod=~\"web-.*\"")]
    public void Wrong_field_is_named_with_its_path_and_what_to_write(string field, string message) =>
        Assert.Equal([message], Errors(Smallest.Replace("{\"measures\"", $"{{{field}, \"measures\"", StringComparison.Ordinal)));

    [Theory]
    [InlineData("{}", "spec.measures: is required; name at least one measure with errorRate, latency, series, limit or traffic")]
    [InlineData("[]", "spec: must be an object with fields, not a list")]
    [InlineData("""{"measures": []}""", "spec.measures: must have at least one measure with errorRate, latency, series, limit or traffic")]
    [InlineData("""{"measures": [{"name": "a"}]}""", "spec.measures[0]: needs one of errorRate, latency, series, limit or traffic")]
    [InlineData("""{"measures": [{"name": "a", "errorRate": {"requests": "rate(r[1m])", "errors": "e"}}]}""", "spec.measures[0].errorRate.requests: is no selector of a counter: at character 5: write the counter itself, without rate(): the judge reads counts")]
    [InlineData("""{"measures": [{"name": "a", "latency": {"histogram": "h_bucket"}}]}""", "spec.measures[0].latency.histogram: must be the histogram's base name: write h, not h_bucket")]
    [InlineData("""{"measures": [{"name": "a", "errorRate": {"requests": "r", "errors": "e"}, "bounds": ["1s"]}]}""", "spec.measures[0].bounds: is not a field here; known are name, errorRate, latency, series, limit, traffic, margin, tolerance, weight, required, warmup, by")]
    [InlineData("""{"measures": [{"name": "a", "latency": {"histogram": "rq_time"}, "bounds": ["250ms"]}]}""", "spec.measures[0].latency.histogram: has a name, rq_time, that ends with no unit such as _seconds or _milliseconds, so that bounds can't be looked up in it: write unit: ms (or s) beside it")]
    [InlineData("""{"measures": [{"name": "a", "latency": {"histogram": "rq_time", "unit": "minutes"}}]}""", "spec.measures[0].latency.unit: must be one of s, ms, us, ns, not minutes")]
    [InlineData("""{"measures": [{"name": "a", "latency": {"histogram": "h_seconds"}, "bounds": "250ms"}]}""", "spec.measures[0].bounds: must be a list of durations such as [250ms, 1s], not \"250ms\"")]
    [InlineData("""{"measures": [{"name": "a", "latency": {"histogram": "h_seconds"}, "bounds": []}]}""", "spec.measures[0].bounds: must be a list of one to five, not 0")]
    [InlineData("""{"measures": [{"name": "a", "latency": {"histogram": "h_seconds"}, "bounds": ["1s", "2s", "3s", "4s", "5s", "6s"]}]}""", "spec.measures[0].bounds: must be a list of one to five, not 6")]
    [InlineData("""{"measures": [{"name": "a", "latency": {"histogram": "h_seconds"}, "bounds": ["0s"]}]}""", "spec.measures[0].bounds[0]: must be a duration above 0s and up to 24h such as 250ms, not \"0s\"")]
    [InlineData("""{"measures": [{"name": "a", "latency": {"histogram": "h_seconds"}, "bounds": ["-1s"]}]}""", "spec.measures[0].bounds[0]: must be a duration above 0s and up to 24h such as 250ms, not \"-1s\"")]
    [InlineData("""{"measures": [{"name": "a", "latency": {"histogram": "h_seconds"}, "bounds": ["256204778h"]}]}""", "spec.measures[0].bounds[0]: must be a duration above 0s and up to 24h such as 250ms, not \"256204778h\"")]
    [InlineData("""{"measures": [{"name": "a", "latency": {"histogram": "h_seconds"}, "bounds": ["abc"]}]}""", "spec.measures[0].bounds[0]: must be a duration above 0s and up to 24h such as 250ms, not \"abc\"")]
    [InlineData("""{"measures": [{"name": "a", "latency": {"histogram": "h_seconds"}, "bounds": ["NaN"]}]}""", "spec.measures[0].bounds[0]: must be a duration above 0s and up to 24h such as 250ms, not \"NaN\"")]
    [InlineData("""{"measures": [{"name": "a", "latency": {"histogram": "h_seconds"}, "bounds": [0.25]}]}""", "spec.measures[0].bounds[0]: must be a duration above 0s and up to 24h such as 250ms, not 0.25; write 250ms for so many seconds")]
    [InlineData("""{"measures": [{"name": "a", "latency": {"histogram": "h_seconds"}, "bounds": ["1.5"]}]}""", "spec.measures[0].bounds[0]: must be a duration above 0s and up to 24h such as 250ms, not \"1.5\"; write 1.5s for so many seconds")]
    [InlineData("""{"measures": [{"name": "a", "latency": {"histogram": "h_seconds"}, "bounds": [null]}]}""", "spec.measures[0].bounds[0]: must be a duration above 0s and up to 24h such as 250ms, not null")]
    [InlineData("""{"measures": [{"name": "a", "latency": {"histogram": "h_seconds"}, "bounds": [{"le": 1}]}]}""", "spec.measures[0].bounds[0]: must be a duration above 0s and up to 24h such as 250ms, not an object")]
    [InlineData("""{"measures": [{"name": "a", "latency": {"histogram": "h"}, "tails": "1%"}]}""", "spec.measures[0].tails: must be a list of shares such as [10%, 1%], not \"1%\"")]
    [InlineData("""{"measures": [{"name": "a", "margin": {"ratio": 1, "absolute": 0}, "latency": {"histogram": "h"}}]}""", "spec.measures[0].margin: must lie beyond tolerance, in ratio and absolute, and be more in one of them")]
    [InlineData("""{"measures": [{"name": "a", "series": {"query": "rate(q[1m]"}}]}""", "spec.measures[0].series.query: can't be asked for each side: at character 5: the ( that opens here is not closed")]
    [InlineData("""{"measures": [{"name": "a", "series": {"query": "q"}, "margin": {"ratio": 2}}]}""", "spec.measures[0].margin: must be a share from 0% to 1000%, written like 5% or 0.05, not an object")]
    [InlineData("""{"measures": [{"name": "a", "series": {"query": "q"}, "required": true}]}""", "spec.measures[0].required: must not be true for a series, which can't show safety; leave it out")]
    [InlineData("""{"measures": [{"name": "a", "series": {"query": "q"}, "by": ["route"]}]}""", "spec.measures[0].by: is not a field here; known are name, errorRate, latency, series, limit, traffic, margin, weight, required, warmup")]
    [InlineData("""{"measures": [{"name": "a", "limit": {"requests": "r", "errors": "e"}}]}""", "spec.measures[0].limit.max: is required; write the largest share of failed requests that you accept, such as 5%")]
    [InlineData("""{"measures": [{"name": "a", "limit": {"requests": "r", "errors": "e", "max": 5}}]}""", "spec.measures[0].limit.max: must be a share from 0.0001% to 99.9%, written like 5% or 0.05, not 5")]
    [InlineData("""{"measures": [{"name": "a", "traffic": {"requests": "r"}}]}""", "spec.measures: must not be traffic alone, which neither rolls back nor promotes; name a measure with errorRate, latency, series or limit too")]
    [InlineData("""{"measures": [{"name": "e", "limit": {"requests": "r", "errors": "e", "max": "5%"}}, {"name": "a", "traffic": {"requests": "r"}, "weight": 1}]}""", "spec.measures[1].weight: must not stand at traffic, which never rolls back; leave it out")]
    [InlineData("""{"measures": [{"name": "a", "latency": {"histogram": "h"}, "by": "route"}]}""", "spec.measures[0].by: must be a list of labels such as [route], not \"route\"")]
    [InlineData("""{"measures": [{"name": "a", "latency": {"histogram": "h"}, "by": ["pod"]}]}""", "spec.measures[0].by: must be labels whose values both sides share, such as route, not pod")]
    public void Wrong_measure_is_named(string json, string message) => Assert.Equal([message], Errors(json));

    [Fact]
    public void Further_kinds_of_measures_are_read()
    {
        var spec = Parse("""
            {"measures": [{"name": "errors", "by": ["route", "method", "route"], "errorRate": {"requests": "r", "errors": "e"}},
                          {"name": "memory", "series": {"query": "sum by (pod) (m)", "worse": "Lower"}, "margin": "20%", "warmup": "10s"},
                          {"name": "slo", "limit": {"requests": "r", "errors": "e", "max": "2%"}, "weight": 0.4, "required": true}]}
            """);
        var shares = Parse("""{"measures": [{"name": "l", "limit": {"requests": "r", "errors": "e", "max": 0.5}}, {"name": "t", "traffic": {"requests": "r", "share": "10%"}}, {"name": "u", "traffic": {"requests": "r"}}]}""");

        Assert.Equal(["route", "method"], spec.Measures[0].By);
        var memory = Assert.IsType<MeasureSpec.Series>(spec.Measures[1]);
        Assert.Equal(("sum by (pod) (m)", WorseDirection.Lower, 0.2, TimeSpan.FromSeconds(10), false), (memory.Query, memory.Worse, memory.Margin, memory.Warmup, memory.Required));
        Assert.Equal([0.5, 0.1, 0.4], spec.Measures.Select(measure => measure.Weight));
        var slo = Assert.IsType<MeasureSpec.Limit>(spec.Measures[2]);
        Assert.Equal((0.02, true, "r", "e"), (slo.Max, slo.Required, slo.Requests.ToString(), slo.Errors.ToString()));
        Assert.Equal([1.0, 0, 0], shares.Measures.Select(measure => measure.Weight));
        Assert.Equal([0.1, null], shares.Measures.OfType<MeasureSpec.Traffic>().Select(measure => measure.Share));
        var options = CompareJudging.Options(spec, 1, null, isLastPause: false).Measures;
        Assert.Equal([MeasureKind.ErrorRate, MeasureKind.Series, MeasureKind.Limit], options.Select(one => one.Kind));
        Assert.Equal(MeasureKind.Traffic, CompareJudging.Options(shares, 1, null, isLastPause: false).Measures[1].Kind);
        Assert.Equal((0.2, true, 0.02), (options[1].SeriesMargin, options[1].LowerIsWorse, options[2].LimitMax));
    }

    [Fact]
    public void Bounds_take_the_place_of_the_default_tails_and_stand_beside_written_ones()
    {
        var spec = Parse("""
            {"measures": [{"name": "a", "bounds": ["1s", "250ms", "1000ms"], "latency": {"histogram": "h_seconds"}},
                          {"name": "b", "bounds": ["1m"], "tails": ["1%"], "latency": {"histogram": "h_seconds"}},
                          {"name": "c", "latency": {"histogram": "h"}}]}
            """);

        var latencies = spec.Measures.Cast<MeasureSpec.Latency>().Select(one => (string.Join(' ', one.Bounds), string.Join(' ', one.Tails)));
        Assert.Equal([("0.25 1", ""), ("60", "0.01"), ("", "0.1 0.01 0.001")], latencies);
        var options = CompareJudging.Options(spec, 1, null, isLastPause: false).Measures;
        Assert.Equal([0.25, 1], options[0].Bounds);
        Assert.Equal((0, 1), (options[0].Tails.Length, options[1].Tails.Length));
        Assert.Empty(options[2].Bounds);
    }

    [Fact]
    public void More_measures_than_the_judge_can_remember_are_refused()
    {
        var many = string.Join(',', Enumerable.Range(0, 12).Select(i => $$$"""{"name": "latency-{{{i}}}", "latency": {"histogram": "h"}}"""));

        Assert.Equal(["spec.measures: are too many: what the judge remembers of them would be larger than 9 KiB; name fewer, or fewer tails and bounds"], Errors($$"""{"measures": [{{many}}]}"""));
    }

    [Fact]
    public void Everything_that_is_wrong_is_named_at_once()
    {
        var errors = Errors("""{"interval": "x", "promote": 1, "measures": [{"name": "a", "latency": {}}, {"name": "a", "weight": 0, "errorRate": {"requests": "r", "errors": "e"}}, 5]}""");

        Assert.Equal(["spec.interval", "spec.promote", "spec.measures[2]", "spec.measures[0].latency.histogram", "spec.measures[1].name", "spec.measures[1].weight"], errors.Select(error => error.Split(": ")[0]));
    }

    private static CompareSpec Parse(string json)
    {
        var errors = new List<SpecError>();
        var spec = CompareSpec.TryParse(JsonDocument.Parse(json).RootElement, "spec", errors);
        Assert.Empty(errors);
        return spec!;
    }

    private static List<string> Errors(string json)
    {
        var errors = new List<SpecError>();
        Assert.Null(CompareSpec.TryParse(JsonDocument.Parse(json).RootElement, "spec", errors));
        return [.. errors.Select(error => error.ToString())];
    }
}
