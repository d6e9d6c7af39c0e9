namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>One sample as a Prometheus stores it.</summary>
/// <param name="At">When it was scraped, in milliseconds since 1970 (UTC).</param>
/// <param name="Value">The counter's value then.</param>
public readonly record struct RawSample(long At, double Value);
