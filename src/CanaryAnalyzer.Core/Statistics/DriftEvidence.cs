namespace CanaryAnalyzer.Core.Statistics;

/// <summary>Evidence that increments drift upwards, as a mixture over the size of the drift (half a normal distribution).</summary>
public static class DriftEvidence
{
    /// <summary>
    /// Logarithm of the evidence after increments with the sum <paramref name="sum"/>: ln 2 + ½ ln(rho/(rho+V)) + S²/(2(rho+V)) + ln Phi(S/√(rho+V)).
    /// </summary>
    /// <param name="sum">S, the sum of the increments.</param>
    /// <param name="variance">V: their sum of squares, for increments that are symmetric around 0 without drift; or the known long-run variance times their number.</param>
    /// <param name="rho">At which variance the evidence is strongest; &gt; 0.</param>
    public static double LogE(double sum, double variance, double rho)
    {
        var scale = rho + variance;
        return Math.Log(2) + (0.5 * Math.Log(rho / scale)) + (sum * sum / (2 * scale)) + NormalDistribution.LogCdf(sum / Math.Sqrt(scale));
    }

    /// <summary>The sum of increments at which the evidence reaches <paramref name="log"/> &gt; 0, for the same variance and rho.</summary>
    public static double SumFor(double log, double variance, double rho)
    {
        double low = 0, high = Math.Sqrt(2 * (rho + variance) * (log + Math.Log(2) + (0.5 * Math.Log((rho + variance) / rho)) + 1));
        while (high - low > 1e-9 * high)
        {
            var middle = 0.5 * (low + high);
            if (LogE(middle, variance, rho) < log)
                low = middle;
            else
                high = middle;
        }

        return high;
    }
}
