using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Tests.Statistics.Classical;

/// <summary>Tails of the normal distribution for one- and two-sided tests.</summary>
internal static class NormalTail
{
    /// <summary>The probability of a standard normal statistic at least as extreme as <paramref name="z"/>.</summary>
    internal static double P(double z, Alternative alternative) => alternative switch
    {
        Alternative.Greater => NormalDistribution.Cdf(-z),
        Alternative.Less => NormalDistribution.Cdf(z),
        _ => 2 * NormalDistribution.Cdf(-Math.Abs(z)),
    };
}
