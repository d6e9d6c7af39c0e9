using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.EndToEnd.Tests.Containers;

/// <summary>Serves the counters of two pods, 1 000 requests a second each, to whoever reaches this machine: a stable one with 1 % errors and a canary with more.</summary>
internal sealed class CountersOfPods : IAsyncDisposable
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly WebApplication app;
    private readonly double canaryErrors;

    private CountersOfPods(WebApplication app, double canaryErrors) => (this.app, this.canaryErrors) = (app, canaryErrors);

    public int Port { get; private set; }

    /// <summary>What the canary has answered so far.</summary>
    public (long Requests, long Errors) Canary => Counts(canaryErrors);

    public static async Task<CountersOfPods> StartAsync(double canaryErrors)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://0.0.0.0:0");
        var pods = new CountersOfPods(builder.Build(), canaryErrors);
        pods.app.MapGet("/metrics", () => Results.Text(pods.Scrape(), "text/plain; version=0.0.4"));
        await pods.app.StartAsync();
        var address = pods.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        pods.Port = new Uri(address).Port;
        return pods;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private string Scrape()
    {
        var text = new StringBuilder("# TYPE http_requests_received_total counter\n");
        Append(text, "stable-0", Counts(0.01));
        Append(text, "canary-0", Counts(canaryErrors));
        return text.ToString();
    }

    private (long Requests, long Errors) Counts(double errors)
    {
        var requests = watch.ElapsedMilliseconds;
        return (requests, (long)(requests * errors));
    }

    private static void Append(StringBuilder text, string pod, (long Requests, long Errors) counts)
    {
        text.Append(CultureInfo.InvariantCulture, $"http_requests_received_total{{namespace=\"shop\",pod=\"{pod}\",code=\"200\"}} {counts.Requests - counts.Errors}\n");
        text.Append(CultureInfo.InvariantCulture, $"http_requests_received_total{{namespace=\"shop\",pod=\"{pod}\",code=\"500\"}} {counts.Errors}\n");
    }
}
