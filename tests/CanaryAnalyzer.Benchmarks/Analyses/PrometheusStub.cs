using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Benchmarks.Analyses;

/// <summary>Answers every query with one sample of 0.01 at once, so that only the controller's own work is measured.</summary>
internal sealed class PrometheusStub : IAsyncDisposable
{
    private const string Answer = """{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1700000000,"0.01"]}]}}""";
    private readonly WebApplication app;

    private PrometheusStub(WebApplication app) => this.app = app;

    public Arrivals Arrivals { get; } = new();

    public string Address => app.Urls.Single();

    public static async Task<PrometheusStub> StartAsync(CancellationToken token)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var stub = new PrometheusStub(builder.Build());
        stub.app.Run(stub.AnswerAsync);
        await stub.app.StartAsync(token);
        return stub;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var query = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync())["query"].ToString() : context.Request.Query["query"].ToString();
        Arrivals.Note(query);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Answer);
    }
}
