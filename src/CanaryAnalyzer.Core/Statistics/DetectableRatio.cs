namespace CanaryAnalyzer.Core.Statistics;

/// <summary>Which ratio of two rates a sequential test of <see cref="RateEvidence"/> would have found.</summary>
public static class DetectableRatio
{
    private const double Accuracy = 1e-9;

    /// <summary>The smallest ratio of the first rate to the second that is found with the wanted power; infinity where there is none.</summary>
    /// <param name="rate">The second sample's rate, in (0, 1).</param>
    /// <param name="n1">Size of the first sample.</param>
    /// <param name="n2">Size of the second sample.</param>
    /// <param name="needed">The logarithm of evidence that a single alternative has to reach.</param>
    /// <param name="power">The wanted power.</param>
    /// <param name="rho">Slope of the tolerated line.</param>
    /// <param name="delta">Absolute part of the tolerated line.</param>
    /// <param name="dispersion">By how much evidence is toned down, at least 1.</param>
    public static double Smallest(double rate, double n1, double n2, double needed, double power, double rho, double delta, double dispersion)
    {
        if (!(rate > 0) || !(n1 > 0) || !(n2 > 0))
            return double.PositiveInfinity;
        var z = NormalDistribution.Quantile(power);
        double Gap(double r)
        {
            var (mean, variance) = Gain(r, rate, n1, n2, rho, delta);
            return (mean / dispersion) - (z * Math.Sqrt(variance / dispersion)) - needed;
        }

        double low = 1, high = Math.Min(1e4, 1 / rate);
        if (Gap(high) < 0)
            return double.PositiveInfinity;
        while (high - low > Accuracy * high)
        {
            var middle = Math.Sqrt(low * high);
            if (Gap(middle) < 0)
                low = middle;
            else
                high = middle;
        }

        return high * rho;
    }

    /// <summary>How many times the samples' sizes it takes to find the given ratio with the wanted power; infinity where no size does.</summary>
    /// <param name="ratio">The ratio of the first rate to the second, as a multiple of the tolerated line; &gt; 1.</param>
    /// <param name="rate">The second sample's rate, in (0, 1).</param>
    /// <param name="n1">Size of the first sample.</param>
    /// <param name="n2">Size of the second sample.</param>
    /// <param name="needed">The logarithm of evidence that a single alternative has to reach.</param>
    /// <param name="power">The wanted power.</param>
    /// <param name="rho">Slope of the tolerated line.</param>
    /// <param name="delta">Absolute part of the tolerated line.</param>
    /// <param name="dispersion">By how much evidence is toned down, at least 1.</param>
    public static double Effort(double ratio, double rate, double n1, double n2, double needed, double power, double rho, double delta, double dispersion)
    {
        if (!(rate > 0) || !(n1 > 0) || !(n2 > 0) || rate * ratio >= 1)
            return double.PositiveInfinity;
        var (mean, variance) = Gain(ratio, rate, n1, n2, rho, delta);
        if (!(mean > 0))
            return double.PositiveInfinity;

        // s · mean/φ - z √(s · variance/φ) = needed is quadratic in √s.
        var spread = NormalDistribution.Quantile(power) * Math.Sqrt(variance / dispersion);
        var root = (spread + Math.Sqrt((spread * spread) + (4 * mean / dispersion * needed))) / (2 * mean / dispersion);
        return root * root;
    }

    /// <summary>Mean and variance of the evidence of the alternative that is true.</summary>
    private static (double Mean, double Variance) Gain(double r, double rate, double n1, double n2, double rho, double delta)
    {
        var th = rho * n1 / ((rho * n1) + n2);
        var logB = -Logarithms.Log1p((r - 1) * th);
        var logA = Math.Log(r) + logB;
        var mean = (n1 * rate * r * rho * logA) + (n2 * rate * logB) - (delta * n1 * (Math.Exp(logA) - 1));
        return (mean, (n1 * rate * r * rho * logA * logA) + (n2 * rate * logB * logB));
    }
}
