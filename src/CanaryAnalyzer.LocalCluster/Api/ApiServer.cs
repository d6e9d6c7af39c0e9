using System.Net;
using System.Text.Json;
using CanaryAnalyzer.LocalCluster.Objects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.LocalCluster.Api;

/// <summary>The Kubernetes API over HTTPS on loopback.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiServer(WebApplication app) => _app = app;

    public Uri Url { get; private set; } = null!;

    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<ApiServer> StartAsync(
        int port, ServerIdentity identity, ResourceRequests resources, DocumentRequests documents, ILoggerFactory logs, CancellationToken token)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(logs);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 16 << 20;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(identity.Certificate);
            });
        });
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        var logger = logs.CreateLogger<ApiServer>();
        app.Run(http => AnswerAsync(http, identity, resources, documents, logger));
        await app.StartAsync(token);
        return new ApiServer(app) { Url = new Uri(app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static async Task AnswerAsync(
        HttpContext http, ServerIdentity identity, ResourceRequests resources, DocumentRequests documents, ILogger logger)
    {
        var path = http.Request.Path.Value ?? "/";
        try
        {
            if (!DocumentRequests.IsOpenToAll(path) && http.Request.Headers.Authorization.ToString() != $"Bearer {identity.Token}")
                throw new ApiException(401, "Unauthorized", "Unauthorized");
            if (RequestTarget.Parse(path) is { } target)
                await resources.AnswerAsync(http, target);
            else
                await documents.AnswerAsync(http);
        }
        catch (ApiException refused) when (!http.Response.HasStarted)
        {
            await Answers.JsonAsync(http, refused.ToStatus(), refused.Code);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nobody to answer.
        }
        catch (Exception e) when (!http.Response.HasStarted && e is InvalidOperationException or JsonException or FormatException or InvalidCastException or ArgumentException)
        {
            Log.RequestFailed(logger, e, http.Request.Method, path);
            await Answers.JsonAsync(http, new ApiException(500, "InternalError", $"Internal error occurred: {e.Message}").ToStatus(), 500);
        }
    }
}
