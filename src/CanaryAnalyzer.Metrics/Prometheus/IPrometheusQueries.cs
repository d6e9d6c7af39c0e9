using CanaryAnalyzer.Core.Templates.Providers;

namespace CanaryAnalyzer.Metrics.Prometheus;

/// <summary>Asks one query of a Prometheus, as the provider <c>prometheus</c> does.</summary>
public interface IPrometheusQueries
{
    /// <summary>Asks the spec's query.</summary>
    /// <param name="spec">The query and whom to ask.</param>
    /// <param name="time">The instant or range, its expressions already evaluated.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The value, or the cause why there is none; never an exception for what goes wrong outside.</returns>
    ValueTask<QueryOutcome> QueryAsync(PrometheusSpec spec, QueryTime time, CancellationToken cancellationToken);
}
