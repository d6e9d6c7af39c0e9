using MathNet.Numerics.Distributions;

namespace CanaryAnalyzer.Core.Statistics;

/// <summary>The exact interval of a proportion.</summary>
public static class BinomialInterval
{
    /// <summary>
    /// The two-sided interval of Clopper and Pearson (1934, https://doi.org/10.1093/biomet/26.4.404), by quantiles of the beta distribution; whole numbers aren't
    /// needed, so that an effective number of trials does as well.
    /// </summary>
    /// <param name="successes">Number of successes, from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Number of trials; without any the interval is [0, 1].</param>
    /// <param name="level">The confidence, in (0, 1).</param>
    public static (double Low, double High) ClopperPearson(double successes, double trials, double level = 0.95)
    {
        if (!(trials > 0)) return (0, 1);
        var tail = (1 - level) / 2;
        var low = successes <= 0 ? 0 : Beta.InvCDF(successes, trials - successes + 1, tail);
        var high = successes >= trials ? 1 : Beta.InvCDF(successes + 1, trials - successes, 1 - tail);
        return (low, high);
    }
}
