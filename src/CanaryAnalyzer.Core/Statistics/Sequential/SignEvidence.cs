using MathNet.Numerics;

namespace CanaryAnalyzer.Core.Statistics.Sequential;

/// <summary>Evidence that differences are positive more often than not, from their signs alone.</summary>
public static class SignEvidence
{
    /// <summary>
    /// Logarithm of the evidence against "at most half are positive", by a uniform mixture over rates above a half: n ln 2 + ln 2 + ln B(p+1, q+1) + ln I½(q+1, p+1).
    /// </summary>
    /// <param name="positive">The number p of positive differences.</param>
    /// <param name="negative">The number q of negative ones.</param>
    public static double LogE(int positive, int negative) =>
        ((positive + negative + 1) * Math.Log(2)) + SpecialFunctions.BetaLn(positive + 1, negative + 1) + LogHalf(negative + 1, positive + negative + 1);

    // ln I½(k, n - k + 1) = ln P(Binomial(n, ½) ≥ k): MathNet's BetaRegularized has no logarithm, and underflows.
    private static double LogHalf(int k, int n)
    {
        var terms = new double[n - k + 1];
        for (var i = 0; i < terms.Length; i++)
            terms[i] = SpecialFunctions.GammaLn(n + 1) - SpecialFunctions.GammaLn(k + i + 1) - SpecialFunctions.GammaLn(n - k - i + 1);
        return Logarithms.Sum(terms) - (n * Math.Log(2));
    }
}
