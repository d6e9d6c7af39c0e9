using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Metrics.Compare;
using CanaryAnalyzer.Metrics.History;
using CanaryAnalyzer.Metrics.Prometheus;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CanaryAnalyzer.Metrics;

/// <summary>Registers the metric providers.</summary>
public static class MetricsServices
{
    /// <summary>Adds <see cref="IPrometheusQueries"/>, <see cref="IHistoryReader"/>, the comparison's <see cref="IMetricProvider{TSpec}"/> and <see cref="ISeriesSurvey"/>.</summary>
    /// <param name="services">Where to add them.</param>
    /// <param name="defaults">What holds for metrics that don't say otherwise.</param>
    public static IServiceCollection AddMetrics(this IServiceCollection services, PrometheusDefaults defaults)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(defaults);
        services.AddSingleton<PrometheusClients>();
        services.AddSingleton<PrometheusBackend>();
        services.AddSingleton<IPrometheusQueries, PrometheusQueries>();
        services.AddSingleton<IHistoryReader, HistoryReader>();
        services.AddSingleton<IMetricProvider<CompareSpec>, CompareProvider>();
        services.AddSingleton<ISeriesSurvey, SeriesSurvey>();
        return services;
    }
}
