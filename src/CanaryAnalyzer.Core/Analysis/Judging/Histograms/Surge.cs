namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>
/// Whether the sides are far worse right now than the stable version's past: for each side the evidence that it lies beyond a limit, begun anew whenever it was
/// used up (Page's CUSUM), and never more than a few good looks take away again.
/// </summary>
/// <param name="Canary">Natural logarithm of the canary's, at least 0.</param>
/// <param name="Stable">The stable side's.</param>
/// <param name="Lasting">For how many looks both have been strong.</param>
internal readonly record struct Surge(double Canary, double Stable, int Lasting);
