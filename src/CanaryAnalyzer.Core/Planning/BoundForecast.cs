namespace CanaryAnalyzer.Core.Planning;

/// <summary>A latency bound that must be shown safe.</summary>
/// <param name="Bound">The bound in seconds.</param>
/// <param name="Share">The stable side's share of requests above it.</param>
/// <param name="HarmfulRatio">How many times as many requests above it are harm: the margin's ratio, and more where its absolute part is large against so small a share.</param>
/// <param name="MarginRatio">The margin's ratio.</param>
public sealed record BoundForecast(double Bound, double Share, double HarmfulRatio, double MarginRatio)
{
    /// <summary>Whether the margin's absolute part outweighs its ratio: a bound this far out shows harm only when there is a multiple of it.</summary>
    public bool IsTooCoarse => HarmfulRatio > 2 * MarginRatio;
}
