using CanaryAnalyzer.Testing.Prometheus;

namespace CanaryAnalyzer.Cli.Tests.Field;

/// <summary>One real Prometheus that has the samples of all cases, each in an hour of its own, so that no query of one sees another's.</summary>
public sealed class FieldPrometheus : IAsyncLifetime
{
    private static readonly TimeSpan Slot = TimeSpan.FromHours(1);
    private readonly long _end = DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 60 * 60_000;
    private PrometheusServer? _server;

    internal Uri Address
    {
        get
        {
            Assert.SkipWhen(_server is null, "there is no Prometheus on this machine: run deploy/tools/get-prometheus.sh, or set PROMETHEUS");
            return _server!.Address;
        }
    }

    /// <summary>The instant of a case's first look, in milliseconds since 1970.</summary>
    internal long StartOf(string name)
    {
        var names = FieldCase.Names;
        var index = names.ToList().IndexOf(name);
        return _end - ((names.Count - index) * (long)Slot.TotalMilliseconds) + (long)FieldSeries.Before.TotalMilliseconds;
    }

    public async ValueTask InitializeAsync()
    {
        if (PrometheusServer.Find() is not { } binary) return;
        _server = await PrometheusServer.StartAsync(MetricBackend.Prometheus2, binary, CancellationToken.None);

        // In the order of time: a head block takes nothing that is much older than what it has.
        foreach (var name in FieldCase.Names)
            await _server.WriteAsync(FieldCase.Read(name).Series.Select(series => series.At(StartOf(name))), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}
