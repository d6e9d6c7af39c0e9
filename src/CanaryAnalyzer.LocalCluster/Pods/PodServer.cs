using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace CanaryAnalyzer.LocalCluster.Pods;

/// <summary>
/// The application of one pod: it answers every request after its response time, a share of them with 500, and shows what it did at <c>/metrics</c>
/// with prometheus-net's own names.
/// </summary>
internal sealed class PodServer : IAsyncDisposable
{
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);
    private readonly WebApplication _app;
    private volatile Behaviour _behaviour;

    private PodServer(WebApplication app, Behaviour behaviour) => (_app, _behaviour) = (app, behaviour);

    public IPEndPoint Endpoint { get; private set; } = null!;

    public Behaviour Behaviour
    {
        get => _behaviour;
        set => _behaviour = value;
    }

    public static async Task<PodServer> StartAsync(string pod, string image, Behaviour behaviour, IPEndPoint endpoint, TimeProvider time, CancellationToken token)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = Drain);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(endpoint);
        });
        var app = builder.Build();
        var server = new PodServer(app, behaviour);
        var registry = Metrics.NewCustomRegistry();
        app.MapWhen(http => !server._behaviour.ShowsMetrics && http.Request.Path.StartsWithSegments("/metrics", StringComparison.Ordinal), Refuse);
        app.Map("/metrics", metrics => metrics.UseMetricServer(o => o.Registry = registry, url: null));
        app.UseHttpMetrics(options =>
        {
            options.InProgress.Enabled = false;
            options.ConfigureMeasurements(m => m.Registry = registry);
        });
        app.Run(http => server.AnswerAsync(http, pod, image, time));
        await app.StartAsync(token);
        var url = new Uri(app.Urls.Single());
        server.Endpoint = new IPEndPoint(IPAddress.Parse(url.Host), url.Port);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static void Refuse(IApplicationBuilder app) => app.Run(http =>
    {
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    });

    private async Task AnswerAsync(HttpContext http, string pod, string image, TimeProvider time)
    {
        var behaviour = _behaviour;
        var wait = behaviour.LatencyAt(1 - Random.Shared.NextDouble(), Random.Shared.NextDouble());
        if (Random.Shared.NextDouble() < behaviour.Slow) wait *= Behaviour.SlowFactor;
        await Task.Delay(wait, time, http.RequestAborted);
        var fails = Random.Shared.NextDouble() < behaviour.Errors;
        if (fails)
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        http.Response.ContentType = "text/plain";
        await http.Response.WriteAsync($"{(fails ? "error" : "hello")} from {image} in {pod}\n", http.RequestAborted);
    }
}
