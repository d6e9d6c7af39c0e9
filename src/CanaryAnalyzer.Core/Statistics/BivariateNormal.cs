using MathNet.Numerics.Integration;

namespace CanaryAnalyzer.Core.Statistics;

/// <summary>The standard bivariate normal distribution.</summary>
public static class BivariateNormal
{
    private static readonly GaussLegendreRule Rule = new(-1, 1, 24);

    /// <summary>
    /// P(X ≤ x, Y ≤ y) by Plackett's integral over the correlation (1954, https://doi.org/10.1093/biomet/41.3-4.351) as an angle, with 24 points of Gauss and Legendre.
    /// </summary>
    /// <param name="x">Bound of the first.</param>
    /// <param name="y">Bound of the second.</param>
    /// <param name="correlation">Their correlation, in [0, 1).</param>
    public static double Cdf(double x, double y, double correlation)
    {
        var angle = Math.Asin(correlation);
        var sum = 0.0;
        for (var i = 0; i < Rule.Order; i++)
        {
            var sine = Math.Sin(0.5 * angle * (Rule.GetAbscissa(i) + 1));
            sum += Rule.GetWeight(i) * Math.Exp(-((x * x) + (y * y) - (2 * x * y * sine)) / (2 * (1 - (sine * sine))));
        }

        return (NormalDistribution.Cdf(x) * NormalDistribution.Cdf(y)) + (sum * angle / (4 * Math.PI));
    }
}
