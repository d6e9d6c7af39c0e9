using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using CanaryAnalyzer.Kubernetes.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Benchmarks.Gates;

/// <summary>Counters and latency histograms for every pod of a cluster, as if each had some requests a second, one percent of them failing.</summary>
internal sealed class PodExporter : IAsyncDisposable
{
    private const double RequestsPerSecond = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private static readonly (string Bound, double Share)[] Buckets =
        [("0.005", 0.01), ("0.01", 0.03), ("0.025", 0.12), ("0.05", 0.5), ("0.1", 0.87), ("0.25", 0.99), ("0.5", 0.999), ("1", 1), ("2.5", 1), ("5", 1), ("10", 1), ("+Inf", 1)];

    private readonly WebApplication app;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<string, long> since = new(StringComparer.Ordinal);
    private Task following = Task.CompletedTask;

    private PodExporter(WebApplication app) => this.app = app;

    /// <summary>Host and port, as a scrape target.</summary>
    public string Target => new Uri(app.Urls.Single()).Authority;

    public static async Task<PodExporter> StartAsync(IResourceClient resources, CancellationToken token)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var exporter = new PodExporter(builder.Build());
        exporter.app.Run(exporter.AnswerAsync);
        await exporter.app.StartAsync(token);
        exporter.following = exporter.FollowAsync(resources);
        return exporter;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await following;
        await app.DisposeAsync();
        stopping.Dispose();
    }

    private async Task FollowAsync(IResourceClient resources)
    {
        try
        {
            while (true)
            {
                var pods = await resources.ListAsync(ResourceType.Pods, new ListOptions { Namespace = "default" }, stopping.Token);
                var names = pods.Items.Where(p => p["metadata"]!["deletionTimestamp"] is null).Select(p => p["metadata"]!["name"]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
                foreach (var name in names) since.TryAdd(name, Stopwatch.GetTimestamp());
                foreach (var gone in since.Keys.Where(name => !names.Contains(name))) since.TryRemove(gone, out _);
                await Task.Delay(Pause, stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private Task AnswerAsync(HttpContext context)
    {
        var text = new StringBuilder();
        foreach (var (pod, started) in since) Write(text, pod, (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * RequestsPerSecond));
        context.Response.ContentType = "text/plain; version=0.0.4";
        return context.Response.WriteAsync(text.ToString());
    }

    private static void Write(StringBuilder text, string pod, long requests)
    {
        var labels = $"namespace=\"default\",pod=\"{pod}\"";
        var failed = requests / 100;
        text.Append(CultureInfo.InvariantCulture, $"http_requests_received_total{{{labels},code=\"200\"}} {requests - failed}\nhttp_requests_received_total{{{labels},code=\"500\"}} {failed}\n");
        foreach (var (bound, share) in Buckets)
            text.Append(CultureInfo.InvariantCulture, $"http_request_duration_seconds_bucket{{{labels},le=\"{bound}\"}} {(long)(requests * share)}\n");
        text.Append(CultureInfo.InvariantCulture, $"http_request_duration_seconds_count{{{labels}}} {requests}\nhttp_request_duration_seconds_sum{{{labels}}} {requests * 0.06:0.00}\n");
    }
}
