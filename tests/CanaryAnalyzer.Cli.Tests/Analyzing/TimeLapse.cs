using System.Globalization;
using System.Net;
using System.Text;
using CanaryAnalyzer.Testing.Prometheus;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(CanaryAnalyzer.Cli.Tests.Analyzing.TimeLapse))]

namespace CanaryAnalyzer.Cli.Tests.Analyzing;

/// <summary>
/// A real Prometheus that knows the last minutes of some pods from its first scrape on: the exporter gives each sample its time, so that no test waits for history.
/// The counters follow from the time alone.
/// </summary>
public sealed class TimeLapse : IAsyncLifetime
{
    private static readonly TimeSpan Past = TimeSpan.FromMinutes(10);
    private static readonly double[] Bounds = [0.05, 0.1, 0.25, 0.5, 1];

    private static readonly (string Pod, string Hash, double Rate, double Errors)[] Pods =
    [
        ("rollout-canary-6574c569dd-aaaaa", "6574c569dd", 400, 0.01), ("rollout-canary-6574c569dd-bbbbb", "6574c569dd", 400, 0.01),
        ("rollout-canary-7cd9586c9-aaaaa", "7cd9586c9", 300, 0.01), ("bad-aaaaa", "bad", 300, 0.08), ("quiet-aaaaa", "quiet", 0.05, 0),
    ];

    private readonly DateTimeOffset _begin = DateTimeOffset.UtcNow - Past;
    private WebApplication? _exporter;
    private PrometheusServer? _server;

    internal Uri Address
    {
        get
        {
            Assert.SkipWhen(_server is null, "there is no Prometheus on this machine: run deploy/tools/get-prometheus.sh, or set PROMETHEUS");
            return _server!.Address;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (PrometheusServer.Find() is not { } binary)
            return;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _exporter = builder.Build();
        _exporter.Run(context => context.Response.WriteAsync(Exposition(DateTimeOffset.UtcNow)));
        await _exporter.StartAsync();
        var target = new Uri(_exporter.Urls.Single()).Authority;
        _server = await PrometheusServer.StartAsync(
            binary, $$"""{global: {scrape_interval: 2s}, scrape_configs: [{job_name: pods, honor_labels: true, static_configs: [{targets: ["{{target}}"]}]}]}""", CancellationToken.None);
        await _server.BecomesAsync(token => _server.FindsAsync("count(http_requests_total) >= 10", token), TimeSpan.FromSeconds(60), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        if (_exporter is not null)
            await _exporter.DisposeAsync();
    }

    private string Exposition(DateTimeOffset now)
    {
        var text = new StringBuilder("# TYPE http_requests_total counter\n# TYPE http_request_duration_seconds histogram\n");
        for (var at = _begin; at <= now; at += TimeSpan.FromSeconds(2))
        {
            var seconds = (at - _begin).TotalSeconds;
            foreach (var (pod, hash, rate, errors) in Pods)
            {
                var labels = $"namespace=\"default\",pod=\"{pod}\",rollouts_pod_template_hash=\"{hash}\"";
                var time = at.ToUnixTimeMilliseconds();
                Sample(text, $"http_requests_total{{{labels},code=\"200\"}}", rate * (1 - errors) * seconds, time);
                Sample(text, $"http_requests_total{{{labels},code=\"500\"}}", rate * errors * seconds, time);
                foreach (var (index, bound) in Bounds.Index())
                    Sample(text, string.Create(CultureInfo.InvariantCulture, $"http_request_duration_seconds_bucket{{{labels},le=\"{bound}\"}}"), rate * (1 - Math.Pow(0.2, index + 1)) * seconds, time);
                Sample(text, $"http_request_duration_seconds_bucket{{{labels},le=\"+Inf\"}}", rate * seconds, time);
            }
        }

        return text.ToString();
    }

    private static void Sample(StringBuilder text, string series, double value, long at) =>
        text.Append(series).Append(CultureInfo.InvariantCulture, $" {Math.Floor(value)} {at}\n");
}
