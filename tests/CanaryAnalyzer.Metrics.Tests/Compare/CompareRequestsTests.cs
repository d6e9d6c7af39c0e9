using System.Collections.Concurrent;
using CanaryAnalyzer.Metrics.Tests.Prometheus;
using Microsoft.AspNetCore.Http;
using static CanaryAnalyzer.Metrics.Tests.Compare.Comparison;

namespace CanaryAnalyzer.Metrics.Tests.Compare;

/// <summary>How many requests a look costs.</summary>
public sealed class CompareRequestsTests
{
    private const string Measures = ErrorMeasure + """
        , {"name": "slo", "limit": {"requests": "http_requests_received_total{namespace=\"default\"}", "errors": "http_requests_received_total{namespace=\"default\",code=~\"5..\"}", "max": "5%"}},
          {"name": "share", "traffic": {"requests": "http_requests_received_total{namespace=\"default\"}", "share": "10%"}}
        """;

    [Fact]
    public async Task Both_sides_and_measures_of_the_same_selectors_are_asked_once()
    {
        var queries = new ConcurrentQueue<string>();
        await using var stub = await StubBackend.StartAsync(async context =>
        {
            var form = await context.Request.ReadFormAsync();
            queries.Enqueue($"{form["query"]} @ {form["time"]}");
            await context.Response.WriteAsync("""{"status":"success","data":{"resultType":"matrix","result":[]}}""");
        });
        using var comparison = new Comparison();
        var spec = Spec(stub.Address, "\"canary\": \"version=\\\"2\\\"\", \"stable\": \"version=\\\"1\\\"\", \"scrapeInterval\": \"1s\",", Measures) with { History = TimeSpan.Zero };
        var request = Request("good");
        var begun = await comparison.MeasureAsync(spec, request);

        var looked = await comparison.MeasureAsync(spec, request with { Now = begun.StartedAt.AddSeconds(3), Previous = begun });

        // Each look asks for requests, among which the errors are, and, as there are no series, once a measure and look which there are.
        var ranges = queries.Where(query => query.Contains('[', StringComparison.Ordinal)).ToList();
        Assert.Equal(3, ranges.Count);
        Assert.Equal(ranges.Count, ranges.Distinct(StringComparer.Ordinal).Count());
        Assert.All(ranges, query => Assert.Contains("version=~\"2|1\"", query, StringComparison.Ordinal));
        Assert.Equal(2, looked.Metadata["queries"].Split('\n').Length);

        // However often is scraped, a pod that was away for less than five minutes is not taken for a new one.
        Assert.All(ranges, query => Assert.InRange(Range(query), 300_000, 310_000));
    }

    [Fact]
    public async Task Look_that_reads_too_much_for_Prometheus_reads_less_of_the_time_before_it()
    {
        var ranges = new ConcurrentQueue<long>();
        await using var stub = await StubBackend.StartAsync(async context =>
        {
            var query = (await context.Request.ReadFormAsync())["query"].ToString();
            var range = query.Contains('[', StringComparison.Ordinal) ? Range(query) : 0;
            context.Response.StatusCode = range > 60_000 ? 422 : 200;
            if (range is > 0 and <= 60_000) ranges.Enqueue(range);
            await context.Response.WriteAsync(range > 60_000
                ? """{"status":"error","errorType":"execution","error":"query processing would load too many samples into memory in query execution"}"""
                : """{"status":"success","data":{"resultType":"matrix","result":[]}}""");
        });
        using var comparison = new Comparison();
        var spec = Spec(stub.Address, "\"scrapeInterval\": \"1s\",") with { History = TimeSpan.Zero };
        var request = Request("good");
        var begun = await comparison.MeasureAsync(spec, request);

        var looked = await comparison.MeasureAsync(spec, request with { Now = begun.StartedAt.AddSeconds(3), Previous = begun });

        Assert.Equal([21_000, 21_000, 21_000], ranges);
        Assert.DoesNotContain("QueryError", looked.Value!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_large_for_one_answer_is_asked_side_by_side()
    {
        var queries = new ConcurrentQueue<string>();
        await using var stub = await StubBackend.StartAsync(async context =>
        {
            var query = (await context.Request.ReadFormAsync())["query"].ToString();
            var isBoth = query.Contains("good-.*|stable-.*", StringComparison.Ordinal);
            context.Response.StatusCode = isBoth ? 422 : 200;
            if (query.Contains('[', StringComparison.Ordinal)) queries.Enqueue(query.Split('[')[0]);
            await context.Response.WriteAsync(isBoth
                ? """{"status":"error","errorType":"execution","error":"query processing would load too many samples into memory in query execution"}"""
                : """{"status":"success","data":{"resultType":"matrix","result":[]}}""");
        });
        using var comparison = new Comparison();
        var spec = Spec(stub.Address, "\"scrapeInterval\": \"1s\",") with { History = TimeSpan.Zero };
        var request = Request("good");
        var begun = await comparison.MeasureAsync(spec, request);

        var looked = await comparison.MeasureAsync(spec, request with { Now = begun.StartedAt.AddSeconds(1), Previous = begun });

        const string Requests = "http_requests_received_total{namespace=\"default\",pod=~";
        Assert.Equal([$"{Requests}\"good-.*|stable-.*\"}}", $"{Requests}\"good-.*\"}}", $"{Requests}\"stable-.*\"}}"], queries);
        Assert.DoesNotContain("QueryError", looked.Value!, StringComparison.Ordinal);
    }

    private static long Range(string query) => long.Parse(query.Split('[')[1].Split("ms]")[0], System.Globalization.CultureInfo.InvariantCulture);
}
