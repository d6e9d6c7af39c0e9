using System.Globalization;
using CanaryAnalyzer.Testing.Prometheus;

// The tests wait for a clock, not for a processor, and none writes where another reads.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.All, MaxThreads = 8)]
[assembly: AssemblyFixture(typeof(CanaryAnalyzer.Metrics.Tests.Compare.LivePrometheus))]

namespace CanaryAnalyzer.Metrics.Tests.Compare;

/// <summary>One real Prometheus for all tests of the assembly that only read, scraping an exporter each second.</summary>
public sealed class LivePrometheus : IAsyncLifetime
{
    private TrafficExporter? _exporter;
    private PrometheusServer? _server;

    internal TrafficExporter Exporter => _exporter!;

    public PrometheusServer Server
    {
        get
        {
            Assert.SkipWhen(_server is null, "there is no Prometheus on this machine: run deploy/tools/get-prometheus.sh, or set PROMETHEUS");
            return _server!;
        }
    }

    public static string Configuration(Uri target) =>
        $$"""
        global: {scrape_interval: 1s}
        scrape_configs: [{job_name: pods, honor_labels: true, static_configs: [{targets: ["{{target.Authority}}"]}]}]
        """;

    public async ValueTask InitializeAsync()
    {
        if (PrometheusServer.Find() is not { } binary) return;
        _exporter = await TrafficExporter.StartAsync(
            new("stable-0", 4000, 0.01, "1aaa"),
            new("stable-1", 4000, 0.01, "1aaa"),
            new("good-0", 1500, 0.01, "2bbb"),
            new("bad-0", 1500, 0.05, "3ccc"),
            new("slow-0", 1500, 0.01, "4ddd", slower: 1.5),
            new("restarting-0", 1500, 0.01));
        _server = await PrometheusServer.StartAsync(binary, Configuration(_exporter.Address), CancellationToken.None);
        await _server.BecomesAsync(token => _server.FindsAsync("count(count_over_time(http_requests_received_total[1m]) >= 3) >= 6", token), TimeSpan.FromSeconds(30), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        if (_exporter is not null) await _exporter.DisposeAsync();
    }

    /// <summary>Waits until a server has scraped everything up to an instant.</summary>
    public static Task<bool> ReachesAsync(PrometheusServer server, DateTimeOffset at) =>
        server.BecomesAsync(token => server.FindsAsync(string.Create(CultureInfo.InvariantCulture, $"max(timestamp(http_requests_received_total)) >= {at.ToUnixTimeMilliseconds() / 1000.0}"), token), TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
}
