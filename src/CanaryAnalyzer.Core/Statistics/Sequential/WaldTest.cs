namespace CanaryAnalyzer.Core.Statistics.Sequential;

/// <summary>Wald's sequential probability ratio test between two known rates.</summary>
public static class WaldTest
{
    /// <summary>Logarithm of the likelihood ratio of <paramref name="x"/> positive outcomes in <paramref name="n"/>, of rate <paramref name="p1"/> to <paramref name="p0"/>.</summary>
    public static double LogRatio(double p0, double p1, double x, double n) => (x * Math.Log(p1 / p0)) + ((n - x) * Math.Log((1 - p1) / (1 - p0)));

    /// <summary>The logarithm at which the second rate is taken: ln((1 - beta) / alpha).</summary>
    public static double Upper(double alpha, double beta) => Math.Log((1 - beta) / alpha);

    /// <summary>The logarithm at which the first rate is taken: ln(beta / (1 - alpha)).</summary>
    public static double Lower(double alpha, double beta) => Math.Log(beta / (1 - alpha));
}
