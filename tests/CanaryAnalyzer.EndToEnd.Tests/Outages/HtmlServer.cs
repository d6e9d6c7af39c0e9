using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.EndToEnd.Tests.Outages;

/// <summary>What stands at a wrong address: a web page for every request.</summary>
internal sealed class HtmlServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private HtmlServer(WebApplication app) => this.app = app;

    public static async Task<HtmlServer> StartAsync(int port, CancellationToken token)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var built = builder.Build();
        built.Run(http =>
        {
            http.Response.ContentType = "text/html";
            return http.Response.WriteAsync("<!DOCTYPE html><html><body>Please sign in</body></html>", http.RequestAborted);
        });
        await built.StartAsync(token);
        return new HtmlServer(built);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
