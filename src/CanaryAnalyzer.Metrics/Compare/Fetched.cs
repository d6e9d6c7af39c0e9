using CanaryAnalyzer.Metrics.Prometheus;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>What was read, or why it could not be.</summary>
/// <param name="Value">What was read; of no meaning where there is a cause.</param>
/// <param name="Cause">Why nothing was read; null where all is well.</param>
/// <param name="Kind">What kind of failure it is.</param>
internal sealed record Fetched<T>(T Value, string? Cause, ReplyFailure Kind)
{
    public Fetched<TNext> Then<TNext>(Func<T, TNext> next) => Cause is null ? new Fetched<TNext>(next(Value), null, default) : new Fetched<TNext>(default!, Cause, Kind);

    public Fetched<TNext> Then<TNext>(Func<T, Fetched<TNext>> next) => Cause is null ? next(Value) : new Fetched<TNext>(default!, Cause, Kind);
}
