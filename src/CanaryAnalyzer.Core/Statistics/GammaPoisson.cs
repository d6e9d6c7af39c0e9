using MathNet.Numerics;

namespace CanaryAnalyzer.Core.Statistics;

/// <summary>A Poisson count whose mean is itself uncertain with a gamma distribution: a negative binomial one.</summary>
public static class GammaPoisson
{
    private const double Negligible = 1e-17;
    private const double NoVariance = 1e-9;
    private const double LargeSize = 1e4;
    private const double LargeDeviation = 1e4;

    // Below, nearly all of the probability lies at 0.
    private const double SmallestShape = 1e-6;

    /// <summary>P(count ≤ k): terms are summed from k down, which are the smaller ones for k below the mean.</summary>
    /// <param name="k">A whole number; below 0 gives 0.</param>
    /// <param name="mean">The mean, &gt; 0.</param>
    /// <param name="variance">The variance of the mean; 0 is Poisson.</param>
    public static double Cdf(double k, double mean, double variance)
    {
        if (k < 0)
            return 0;
        var theta = variance > NoVariance * mean ? variance / mean : 0;
        var size = theta > 0 ? mean / theta : double.PositiveInfinity;
        var deviation = Math.Sqrt(mean + variance);
        if (deviation > LargeDeviation)
            return size > LargeSize ? Normal(k, mean, variance, deviation) : Gamma(k, mean, deviation);
        var term = Math.Exp(LogMass(k, mean, theta, size));
        var sum = term;
        for (var i = k; i > 0 && term > Negligible * sum; i--)
        {
            term *= theta > 0 ? i * (1 + theta) / ((size + i - 1) * theta) : i / mean;
            sum += term;
        }

        return Math.Min(sum, 1);
    }

    /// <summary>P(count ≤ k) for a k between whole numbers, interpolated: for counts that were divided by their dispersion.</summary>
    /// <param name="k">At least 0.</param>
    /// <param name="mean">The mean, &gt; 0.</param>
    /// <param name="variance">The variance of the mean.</param>
    public static double InterpolatedCdf(double k, double mean, double variance)
    {
        var whole = Math.Floor(k);
        var part = k - whole;
        var lower = Cdf(whole, mean, variance);
        return part > 0 ? ((1 - part) * lower) + (part * Cdf(whole + 1, mean, variance)) : lower;
    }

    // ln of the probability of k. For a large size the difference of log-gammas cancels badly, and Stirling's series of it doesn't.
    private static double LogMass(double k, double mean, double theta, double size)
    {
        if (theta <= 0)
            return (k * Math.Log(mean)) - mean - SpecialFunctions.GammaLn(k + 1);
        var spread = Logarithms.Log1p(theta);
        if (size < 1000)
        {
            return SpecialFunctions.GammaLn(size + k) - SpecialFunctions.GammaLn(size) - SpecialFunctions.GammaLn(k + 1)
                + (k * Math.Log(theta)) - ((size + k) * spread);
        }

        var correction = (((1 / (size + k)) - (1 / size)) / 12) - (((1 / Math.Pow(size + k, 3)) - (1 / Math.Pow(size, 3))) / 360);
        return (k * Math.Log(mean)) - SpecialFunctions.GammaLn(k + 1) + ((size + k - 0.5) * Logarithms.Log1p(k / size)) - k - ((size + k) * spread) + correction;
    }

    // So large a count is continuous for all that matters: the gamma distribution with its mean and variance.
    private static double Gamma(double k, double mean, double deviation)
    {
        var shape = mean / deviation * (mean / deviation);
        return shape < SmallestShape ? 1 : SpecialFunctions.GammaLowerRegularized(shape, (k + 0.5) / mean * shape);
    }

    // Edgeworth's first term: with such a deviation what is left out is below 1e-4 of the probability where it matters.
    private static double Normal(double k, double mean, double variance, double deviation)
    {
        var z = (k + 0.5 - mean) / deviation;
        var skewness = (mean + (3 * variance) + (2 * variance * variance / mean)) / Math.Pow(deviation, 3);
        var density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        return Math.Clamp(NormalDistribution.Cdf(z) - (density * skewness * ((z * z) - 1) / 6), 0, 1);
    }
}
