using CanaryAnalyzer.Core.Templates;

namespace CanaryAnalyzer.Metrics;

/// <summary>A kind of backend that metrics are measured by. Registered by <see cref="MetricsServices.AddMetricProvider{TSpec,TProvider}"/>.</summary>
/// <typeparam name="TSpec">What a metric says to this provider.</typeparam>
public interface IMetricProvider<in TSpec>
    where TSpec : ProviderSpec
{
    /// <summary>Asks once. Conditions, time limit, secrets' masking and the turns at a backend are the caller's.</summary>
    /// <param name="spec">What the metric says.</param>
    /// <param name="request">The facts around it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The answer, or why there is none; never an exception for what goes wrong outside.</returns>
    ValueTask<ProviderAnswer> MeasureAsync(TSpec spec, MeasurementRequest request, CancellationToken cancellationToken);
}
