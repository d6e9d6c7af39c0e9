namespace CanaryAnalyzer.Core.Statistics;

/// <summary>
/// Evidence from two samples of yes/no outcomes about a line p1 = rho · p2 + delta in the plane of their rates. Valid for every p2,
/// also one that changes from interval to interval, since only the split of the outcomes between the samples is looked at.
/// </summary>
public static class RateEvidence
{
    /// <summary>
    /// Logarithm of the e-value of one interval: against p1 ≤ rho · p2 + delta for r &gt; 1, against p1 ≥ rho · p2 + delta for r &lt; 1,
    /// best if truly p1 = r · rho · p2. With th = rho n1 / (rho n1 + n2) and u = ln(1 + (r - 1) th):
    /// x1 ln r - (x1 + x2) u - delta n1 (r e^-u - 1).
    /// </summary>
    /// <param name="r">The alternative, as a multiple of the line; &gt; 0.</param>
    /// <param name="rho">The line's slope.</param>
    /// <param name="delta">The line's absolute part.</param>
    /// <param name="n1">Size of the first sample.</param>
    /// <param name="x1">Positive outcomes in it.</param>
    /// <param name="n2">Size of the second sample.</param>
    /// <param name="x2">Positive outcomes in it.</param>
    public static double LogE(double r, double rho, double delta, double n1, double x1, double n2, double x2)
    {
        var th = rho * n1 / Math.Max((rho * n1) + n2, 1e-300);
        var u = Logarithms.Log1p((r - 1) * th);
        return (x1 * Math.Log(r)) - ((x1 + x2) * u) - (delta * n1 * ((r * Math.Exp(-u)) - 1));
    }

    /// <summary>
    /// Logarithm of the likelihood of the outcomes' split at the given ratio of the rates, relative to that at ratio 1. Differences of it
    /// between two ratios are log e-values of <see cref="LogE"/> with delta = 0. 0 where one sample is empty.
    /// </summary>
    public static double LogLikelihood(double ratio, double n1, double x1, double n2, double x2)
    {
        if (n1 <= 0 || n2 <= 0)
            return 0;
        var th = n1 / (n1 + n2);
        return (x1 * Math.Log(ratio)) - ((x1 + x2) * Logarithms.Log1p((ratio - 1) * th));
    }
}
