using System.Collections.Concurrent;
using CanaryAnalyzer.Metrics.Tests.Prometheus;
using Microsoft.AspNetCore.Http;

namespace CanaryAnalyzer.Metrics.Tests.Compare;

/// <summary>Hands queries on to a real server, and keeps them.</summary>
internal sealed class CountingProxy : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private StubBackend? _stub;

    public Uri Address => _stub!.Address;

    /// <summary>The queries so far.</summary>
    public ConcurrentQueue<string> Queries { get; } = new();

    /// <summary>Whether queries for both sides are refused as too large.</summary>
    public bool TakesOneSideOnly { get; set; }

    public static async Task<CountingProxy> StartAsync(Uri server)
    {
        var proxy = new CountingProxy();
        proxy._stub = await StubBackend.StartAsync(context => proxy.HandOnAsync(context, server));
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _stub!.DisposeAsync();
        _http.Dispose();
    }

    private async Task HandOnAsync(HttpContext context, Uri server)
    {
        var form = await context.Request.ReadFormAsync();
        Queries.Enqueue(form["query"].ToString());
        if (TakesOneSideOnly && form["query"].ToString().Contains('|', StringComparison.Ordinal))
        {
            context.Response.StatusCode = 422;
            await context.Response.WriteAsync("""{"status":"error","errorType":"execution","error":"query processing would load too many samples into memory in query execution"}""");
            return;
        }

        using var body = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Key, field.Value.ToString())));
        using var answer = await _http.PostAsync(new Uri(server, context.Request.Path), body, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = "application/json";
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
