using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates.Providers;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>For those who use the comparison alone.</summary>
public static class ComparisonExtensions
{
    /// <summary>Begins a measurement, continues one, or ends it.</summary>
    /// <param name="provider">The comparison.</param>
    /// <param name="spec">What the metric says.</param>
    /// <param name="request">The facts around it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The measurement; Running with <see cref="Measurement.ResumeAt"/> where it continues.</returns>
    public static async ValueTask<Measurement> CompareAsync(
        this IMetricProvider<CompareSpec> provider, CompareSpec spec, MeasurementRequest request, CancellationToken cancellationToken) =>
        ((ProviderAnswer.Decided)await provider.MeasureAsync(spec, request, cancellationToken)).Measurement;
}
