using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Service.Hosting;
using CanaryAnalyzer.Service.Options;
using CanaryAnalyzer.Testing.ApiServer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CanaryAnalyzer.Service.Tests.Hosting;

/// <summary>The whole controller in this process, on free ports, against a server in this process.</summary>
internal sealed class RunningController : IAsyncDisposable
{
    private readonly WebApplication app;

    private RunningController(WebApplication app) => this.app = app;

    public IReadOnlyList<string> Addresses => [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    public static async Task<RunningController> StartAsync(InProcessApiServer server, Func<ServiceOptions, ServiceOptions>? change = null)
    {
        var options = new ServiceOptions { Kubeconfig = server.Kubeconfig, Address = "127.0.0.1", MetricsPort = 0, HealthPort = 0, LeaderElect = false, LogLevel = "error" };
        var built = ServiceHost.Build(change?.Invoke(options) ?? options);
        await built.StartAsync(TestContext.Current.CancellationToken);
        return new RunningController(built);
    }

    /// <summary>Waits until what the server holds is as wanted; a deadline says what was missing.</summary>
    public static async Task UntilAsync(InProcessApiServer server, Func<ObjectStore, bool> isSo, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo(server.Store))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{what} did not come about; the Rollout's status is {Status(server)?.ToJsonString()}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until the metrics are as wanted, and returns them; a deadline says what was missing.</summary>
    public async Task<string> MetricsUntilAsync(Func<string, bool> isSo, string what)
    {
        using var http = new HttpClient();
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var metrics = await http.GetStringAsync($"{Addresses[0]}/metrics", TestContext.Current.CancellationToken);
            if (isSo(metrics)) return metrics;
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{what} did not come about; the metrics are {metrics}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until the readiness is as wanted, and returns what it says; a deadline says what it was instead.</summary>
    public async Task<string> ReadinessUntilAsync(HttpStatusCode status, string words)
    {
        using var http = new HttpClient();
        var watch = Stopwatch.StartNew();
        while (true)
        {
            using var answer = await http.GetAsync($"{Addresses[1]}/readyz", TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (answer.StatusCode == status && text.Contains(words, StringComparison.Ordinal)) return text;
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{status} with \"{words}\" did not come about; the answer is {answer.StatusCode}: {text}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public static JsonNode? Status(InProcessApiServer server) => server.Store.Find("rollouts.argoproj.io", "team", "web")?["status"];

    /// <summary>Ends it at once, as far as one process can: nothing is finished, nothing given back.</summary>
    public async Task KillAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        try
        {
            await app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // That was the point.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
