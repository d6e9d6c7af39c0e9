using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace CanaryAnalyzer.Core.Statistics;

/// <summary>The standard normal distribution.</summary>
public static class NormalDistribution
{
    private static readonly double LogSqrtTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>P(Z ≤ x), accurate in the lower tail.</summary>
    public static double Cdf(double x) => 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2));

    /// <summary>The x with P(Z ≤ x) = <paramref name="p"/>.</summary>
    public static double Quantile(double p) => Normal.InvCDF(0, 1, p);
    /// <summary>ln P(Z ≤ x), also far out where the probability itself underflows.</summary>
    public static double LogCdf(double x)
    {
        if (x > -30)
            return Math.Log(Cdf(x));
        var y = 1 / (x * x);
        return (-x * x / 2) - Math.Log(-x) - LogSqrtTwoPi + Logarithms.Log1p(y * (-1 + (y * (3 + (y * (-15 + (y * 105)))))));
    }
}
