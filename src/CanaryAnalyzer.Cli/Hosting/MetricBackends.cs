using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Metrics;
using CanaryAnalyzer.Metrics.Compare;
using CanaryAnalyzer.Metrics.Prometheus;
using Microsoft.Extensions.DependencyInjection;

namespace CanaryAnalyzer.Cli.Hosting;

/// <summary>The metric backends as the controller has them, without a cluster.</summary>
internal sealed class MetricBackends : IDisposable
{
    private readonly ServiceProvider _services;

    /// <summary>Backends; nothing is asked yet.</summary>
    /// <param name="address">The Prometheus of metrics that name none; null for none.</param>
    /// <param name="time">The clock of time limits.</param>
    public MetricBackends(Uri? address, TimeProvider time) =>
        _services = new ServiceCollection().AddSingleton(time).AddMetrics(new PrometheusDefaults(address)).BuildServiceProvider();

    /// <summary>The judge's provider.</summary>
    public IMetricProvider<CompareSpec> Compare => _services.GetRequiredService<IMetricProvider<CompareSpec>>();

    /// <summary>What series there are.</summary>
    public ISeriesSurvey Survey => _services.GetRequiredService<ISeriesSurvey>();

    public void Dispose() => _services.Dispose();
}
