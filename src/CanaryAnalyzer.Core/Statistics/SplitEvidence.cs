using MathNet.Numerics;

namespace CanaryAnalyzer.Core.Statistics;

/// <summary>Evidence that trials are not split as they should be.</summary>
public static class SplitEvidence
{
    /// <summary>
    /// Logarithm of the e-value against "each of <paramref name="n"/> trials hits with probability <paramref name="weight"/>", by a Beta mixture around that
    /// weight: the narrower, the larger <paramref name="concentration"/>. Of the sums of all trials so far.
    /// </summary>
    public static double LogE(double x, double n, double weight, double concentration) =>
        LogMarginal(x, n, concentration * weight, concentration * (1 - weight)) - (x * Math.Log(weight)) - ((n - x) * Math.Log(1 - weight));

    /// <summary>Logarithm of the probability of one order of x hits in n trials whose rate has a Beta(a, b) distribution.</summary>
    public static double LogMarginal(double x, double n, double a, double b) => SpecialFunctions.BetaLn(x + a, n - x + b) - SpecialFunctions.BetaLn(a, b);
}
