using System.Diagnostics;
using System.Net;
using CanaryAnalyzer.LocalCluster.Api;
using CanaryAnalyzer.LocalCluster.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace CanaryAnalyzer.LocalCluster.Gateway;

/// <summary>The door to the pods: forwards requests by the route table. <c>/-/targets</c> is its own path, for Prometheus.</summary>
internal sealed class GatewayServer : IAsyncDisposable
{
    public const string TargetsPath = "/-/targets";
    private static readonly ForwarderRequestConfig Config = new() { ActivityTimeout = TimeSpan.FromSeconds(30) };
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _client;

    private GatewayServer(WebApplication app, HttpMessageInvoker client) => (_app, _client) = (app, client);

    public Uri Url { get; private set; } = null!;

    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<GatewayServer> StartAsync(int port, RouteTable routes, IObjectStore store, CancellationToken token)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.Services.AddHttpForwarder();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var app = builder.Build();
        var client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, UseCookies = false,
            ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current), ConnectTimeout = TimeSpan.FromSeconds(2),
        });
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        app.Map(TargetsPath, (HttpContext http) => Answers.JsonAsync(http, ScrapeTargets.Document(store)));
        app.MapFallback(http => ForwardAsync(http, routes, forwarder, client));
        await app.StartAsync(token);
        return new GatewayServer(app, client) { Url = new Uri(app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private static async Task ForwardAsync(HttpContext http, RouteTable routes, IHttpForwarder forwarder, HttpMessageInvoker client)
    {
        if (routes.Find(http.Request) is not { } rule)
        {
            await RefuseAsync(http, StatusCodes.Status404NotFound, $"no HTTPRoute for {http.Request.Host.Host}{http.Request.Path}");
            return;
        }

        // As the Gateway API wants it: 500 where no backend has a weight, 503 where the chosen one has no pods.
        if (rule.Pick(Random.Shared.NextDouble()) is not { } backend)
        {
            await RefuseAsync(http, StatusCodes.Status500InternalServerError, $"HTTPRoute {rule.Route} gives no backend a weight");
            return;
        }

        if (backend.Addresses.IsEmpty)
        {
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, $"Service {backend.Service} has no ready pods");
            return;
        }

        RouteFilters.Apply(rule, http);
        var address = backend.Addresses[Random.Shared.Next(backend.Addresses.Length)];
        await forwarder.SendAsync(http, address, client, Config, HttpTransformer.Default, http.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext http, int code, string why)
    {
        http.Response.StatusCode = code;
        return http.Response.WriteAsync(why + "\n", http.RequestAborted);
    }
}
