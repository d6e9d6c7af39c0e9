namespace CanaryAnalyzer.Core.Analysis.Judging.Gauges;

/// <summary>What a run has seen of a series.</summary>
/// <param name="Canary">Sum of the canary's means.</param>
/// <param name="Stable">Sum of the stable side's.</param>
/// <param name="Logarithms">Sum of the logarithms of their ratios, where both are above 0.</param>
/// <param name="Intervals">Number of intervals.</param>
internal readonly record struct SeriesSums(double Canary, double Stable, double Logarithms, long Intervals)
{
    /// <summary>The canary's mean over all intervals; null before the first.</summary>
    public double? CanaryMean => Intervals > 0 ? Canary / Intervals : null;

    /// <summary>The stable side's.</summary>
    public double? StableMean => Intervals > 0 ? Stable / Intervals : null;

    /// <summary>With one interval more.</summary>
    public SeriesSums Plus(double canary, double stable) =>
        new(Canary + canary, Stable + stable, Logarithms + (canary > 0 && stable > 0 ? Math.Log(canary / stable) : 0), Intervals + 1);
}
