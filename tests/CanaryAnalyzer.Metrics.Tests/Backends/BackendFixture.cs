using CanaryAnalyzer.Testing.Prometheus;

namespace CanaryAnalyzer.Metrics.Tests.Backends;

/// <summary>A real backend for the tests of one class, empty but for what they write.</summary>
/// <param name="backend">Which one.</param>
public abstract class BackendFixture(MetricBackend backend) : IAsyncLifetime
{
    private PrometheusServer? _server;

    internal MetricBackend Backend => backend;

    internal PrometheusServer Server
    {
        get
        {
            var tool = backend == MetricBackend.Prometheus2 ? "get-prometheus.sh" : "get-metric-backends.sh";
            Assert.SkipWhen(_server is null, $"there is no {backend} on this machine: run deploy/tools/{tool}, which says why it can't be fetched");
            return _server!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (PrometheusServer.Find(backend) is { } binary) _server = await PrometheusServer.StartAsync(backend, binary, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_server is not null) await _server.DisposeAsync();
    }
}
