using System.Collections.Concurrent;
using System.Globalization;
using CanaryAnalyzer.Metrics.Tests.Prometheus;
using Microsoft.AspNetCore.Http;

namespace CanaryAnalyzer.Metrics.Tests.Compare;

/// <summary>A server with the requests of two pods, one of each version, scraped each second, of which none fails; and the queries that it was asked.</summary>
internal sealed class QuietService : IAsyncDisposable
{
    private StubBackend? _stub;

    public Uri Address => _stub!.Address;

    /// <summary>The queries so far.</summary>
    public ConcurrentQueue<string> Queries { get; } = new();

    /// <summary>Whether the queries that only explain are refused.</summary>
    public bool Refuses { get; set; }

    /// <summary>Whether the errors' metric was there within the last day.</summary>
    public bool HadErrors { get; set; } = true;

    /// <summary>Whether the canary has requests.</summary>
    public bool HasCanary { get; set; } = true;

    public static async Task<QuietService> StartAsync()
    {
        var service = new QuietService();
        service._stub = await StubBackend.StartAsync(service.AnswerAsync);
        return service;
    }

    public ValueTask DisposeAsync() => _stub!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var (query, at) = (form["query"].ToString(), (long)decimal.Parse(form["time"].ToString(), CultureInfo.InvariantCulture));
        Queries.Enqueue(query);
        var isRange = query.Contains("ms]", StringComparison.Ordinal);
        context.Response.StatusCode = Refuses && !isRange ? 422 : 200;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(context.Response.StatusCode == 422
            ? """{"status":"error","errorType":"execution","error":"the query is too expensive"}"""
            : isRange && query.StartsWith("app_requests", StringComparison.Ordinal) ? Answer("matrix", (HasCanary ? Series("2", at) + "," : "") + Series("1", at))
            : query.StartsWith("count(", StringComparison.Ordinal) && HadErrors ? Answer("vector", $$"""{"metric":{},"value":[{{at}},"3"]}""")
            : Answer(isRange ? "matrix" : "vector", ""));
    }

    private static string Answer(string kind, string series) => $$$"""{"status":"success","data":{"resultType":"{{{kind}}}","result":[{{{series}}}]}}""";

    private static string Series(string version, long at) =>
        $$"""{"metric":{"__name__":"app_requests_total","pod":"web-{{version}}","version":"{{version}}"},"values":[{{string.Join(',', Enumerable.Range(0, 60).Select(i => at - 59 + i).Select(second => $"[{second},\"{second % 1_000_000 * 10}\"]"))}}]}""";
}
