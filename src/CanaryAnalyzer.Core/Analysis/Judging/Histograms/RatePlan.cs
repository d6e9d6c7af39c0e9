using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>What is watched about the share of requests above one bound. Follows from the setup and the stable version's baseline alone.</summary>
/// <param name="Component">What it is about.</param>
/// <param name="Index">Index of the bound: requests in buckets after it count.</param>
/// <param name="Bound">The bound in seconds; null for errors.</param>
/// <param name="Weight">Its share of the whole evidence of harm; 0: harm isn't looked for here.</param>
/// <param name="ShowSafe">Whether promotion needs it shown safe.</param>
/// <param name="SafeRatio">Slope of the harmful line.</param>
/// <param name="HarmRule">How evidence of harm is spread.</param>
internal sealed record RatePlan(EvidenceComponent Component, int Index, double? Bound, double Weight, bool ShowSafe, double SafeRatio, MixtureRule HarmRule);
