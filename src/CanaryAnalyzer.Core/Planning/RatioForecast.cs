namespace CanaryAnalyzer.Core.Planning;

/// <summary>How long harm of a size needs to be found.</summary>
/// <param name="Ratio">How many times as often the canary fails, or is slow, as stable.</param>
/// <param name="After">From the start of the pause, with the power that the options ask for; null: not within the time that was looked at.</param>
public sealed record RatioForecast(double Ratio, TimeSpan? After);
