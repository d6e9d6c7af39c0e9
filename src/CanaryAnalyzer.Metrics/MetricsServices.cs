using CanaryAnalyzer.Core.Templates;
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
    /// <summary>Adds the providers behind <see cref="MetricProviders"/>, <see cref="IHistoryReader"/> and <see cref="ISeriesSurvey"/>.</summary>
    /// <param name="services">Where to add them.</param>
    /// <param name="defaults">What holds for metrics that don't say otherwise.</param>
    public static IServiceCollection AddMetrics(this IServiceCollection services, PrometheusDefaults defaults)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(defaults);
        services.AddSingleton<PrometheusClients>();
        services.AddSingleton<PrometheusBackend>();
        services.AddSingleton<IHistoryReader, HistoryReader>();
        services.AddSingleton<ISeriesSurvey, SeriesSurvey>();
        return services.AddMetricProvider<PrometheusSpec, PrometheusProvider>().AddMetricProvider<CompareSpec, CompareProvider>();
    }

    /// <summary>Adds a provider for metrics that have its kind of spec, which <see cref="ProviderKinds"/> reads.</summary>
    /// <typeparam name="TSpec">What such a metric says.</typeparam>
    /// <typeparam name="TProvider">The provider.</typeparam>
    public static IServiceCollection AddMetricProvider<TSpec, TProvider>(this IServiceCollection services)
        where TSpec : ProviderSpec
        where TProvider : class, IMetricProvider<TSpec>
    {
        services.TryAddSingleton<MetricProviders>();
        return services.AddSingleton<IMetricProvider<TSpec>, TProvider>().AddSingleton(provider => new MetricProviders.Registration(
            typeof(TSpec), (spec, request, token) => provider.GetRequiredService<IMetricProvider<TSpec>>().MeasureAsync((TSpec)spec, request, token)));
    }
}
