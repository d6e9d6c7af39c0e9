namespace CanaryAnalyzer.Core.Statistics.Sequential;

/// <summary>How much of the accepted risk planned looks may have used up (Lan and DeMets).</summary>
public static class AlphaSpending
{
    /// <summary>What an O'Brien and Fleming-like plan may have spent, in its two-sided form: 2 - 2 Phi(z / √t) with z the quantile of 1 - alpha/2.</summary>
    /// <param name="alpha">The whole risk.</param>
    /// <param name="informationFraction">The part t of the planned information that is there, in (0, 1].</param>
    public static double OBrienFleming(double alpha, double informationFraction) =>
        2 * NormalDistribution.Cdf(NormalDistribution.Quantile(alpha / 2) / Math.Sqrt(informationFraction));
}
