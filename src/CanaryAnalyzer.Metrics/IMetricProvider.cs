using CanaryAnalyzer.Core.Analysis.Runs;

namespace CanaryAnalyzer.Metrics;

/// <summary>A provider that judges by itself, and may take more than one look for one measurement.</summary>
/// <typeparam name="TSpec">What a metric says to this provider.</typeparam>
public interface IMetricProvider<in TSpec>
{
    /// <summary>Begins a measurement, goes on with one, or ends it.</summary>
    /// <param name="spec">What the metric says.</param>
    /// <param name="request">The facts around it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The measurement; Running with <see cref="Measurement.ResumeAt"/> where it goes on. What goes wrong outside is part of it, no exception.</returns>
    ValueTask<Measurement> MeasureAsync(TSpec spec, MeasurementRequest request, CancellationToken cancellationToken);
}
