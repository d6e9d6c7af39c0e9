using CanaryAnalyzer.Core.Planning;

namespace CanaryAnalyzer.Cli.Planning;

/// <summary>Forecasts gates, each question once: steps of equal weight are alike, and a forecast takes a second.</summary>
/// <param name="share">The canary's share of the traffic at all gates; null: each gate's weight.</param>
internal sealed class ForecastCache(double? share)
{
    private readonly Dictionary<string, PauseForecast> _known = new(StringComparer.Ordinal);

    /// <summary>What a comparison can decide at a gate.</summary>
    public PauseForecast Of(Gate gate, GateComparison comparison, TrafficAssumption traffic)
    {
        var canary = share ?? gate.Weight / 100.0;
        var options = comparison.Options;
        var question = FormattableString.Invariant($"{comparison.Metric} {canary} {options.MaxDuration} {options.Promote} {options.FalseRollback} {traffic.GetHashCode()}");
        return _known.TryGetValue(question, out var known) ? known : _known[question] = PauseForecaster.Of(options, comparison.Spec.History, traffic, canary);
    }
}
