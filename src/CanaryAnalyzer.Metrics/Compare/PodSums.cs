namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>What one pod did since the first look, as a comparison remembers it; the names are short, as many are written.</summary>
/// <param name="M">The measure's place among the spec's.</param>
/// <param name="C">Whether it belongs to the canary.</param>
/// <param name="T">The pod, or the instance; empty for the sum of those that are not remembered one by one.</param>
/// <param name="R">Its requests.</param>
/// <param name="E">Those that failed, or were slow.</param>
internal sealed record PodSums(int M, bool C, string T, long R, long E);
