namespace CanaryAnalyzer.Core.Statistics;

/// <summary>Evidence about one rate and a fixed limit.</summary>
public static class LimitEvidence
{
    /// <summary>
    /// Logarithm of the e-value against "the rate is at most <paramref name="limit"/>" for r &gt; 1, against "at least" for r &lt; 1, best if the rate is
    /// r times the limit: x ln r - n limit (r - 1), a ratio of Poisson likelihoods, which also bounds the binomial one.
    /// </summary>
    public static double LogE(double r, double limit, double n, double x) => (x * Math.Log(r)) - (n * limit * (r - 1));
}
