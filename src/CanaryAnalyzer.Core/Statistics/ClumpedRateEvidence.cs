namespace CanaryAnalyzer.Core.Statistics;

/// <summary>
/// Evidence about the line p1 = rho · p2 + delta as in <see cref="RateEvidence"/>, for outcomes that come in clumps: counts with variance over mean phi whose
/// rate is gamma-distributed (negative binomial). Their cumulant function is linear in the mean, ln E e^(l x) = mean · psi(l) with
/// psi(l) = -ln(1 - (phi - 1)(e^l - 1)) / (phi - 1), so that the second rate drops out as it does for independent outcomes.
/// </summary>
public static class ClumpedRateEvidence
{
    private const int MostSteps = 60;
    private const double Accuracy = 1e-15;

    /// <summary>
    /// Logarithm of the e-value of one interval against p1 ≤ rho · p2 + delta: x1 l1 + x2 l2 - delta n1 psi(l1), with psi(l2) = -rho n1/n2 psi(l1) and l1 the best
    /// if truly p1 = r · rho · p2. 0 where a sample is empty.
    /// </summary>
    /// <param name="r">The alternative, as a multiple of the line; &gt; 1.</param>
    /// <param name="rho">The line's slope.</param>
    /// <param name="delta">The line's absolute part.</param>
    /// <param name="n1">Size of the first sample.</param>
    /// <param name="x1">Positive outcomes in it.</param>
    /// <param name="n2">Size of the second sample.</param>
    /// <param name="x2">Positive outcomes in it.</param>
    /// <param name="phi">Variance over mean, at least 1.</param>
    public static double LogE(double r, double rho, double delta, double n1, double x1, double n2, double x2, double phi)
    {
        if (n1 <= 0 || n2 <= 0)
            return 0;
        if (!(phi > 1))
            return RateEvidence.LogE(r, rho, delta, n1, x1, n2, x2);
        var (excess, kappa) = (phi - 1, rho * n1 / n2);
        var z = Root(r, phi, kappa);

        // 1 - (phi-1)(e^l - 1) is e^-z for the first sample and e^(kappa z) for the second; at the root both follow from ln((phi e^z - 1)/(phi - 1)).
        var shared = Logarithms.Log1p(phi * Logarithms.Expm1(z) / excess);
        return (x1 * (shared - z)) + (x2 * (shared + (kappa * z) - Math.Log(r))) - (delta * n1 * z / excess);
    }

    // phi e^z - 1 = r (phi e^(-kappa z) - 1): the left side minus the right one increases in z. Newton's steps, halved where they would leave the bracket.
    private static double Root(double r, double phi, double kappa)
    {
        double low = 0, high = Math.Log(((r * (phi - 1)) + 1) / phi), z = 0.5 * high;
        for (var i = 0; i < MostSteps && high - low > Accuracy * high; i++)
        {
            double up = Logarithms.Expm1(z), down = Logarithms.Expm1(-kappa * z);
            var value = ((phi - 1) * (1 - r)) + (phi * (up - (r * down)));
            if (value < 0)
                low = z;
            else
                high = z;
            var next = z - (value / (phi * (1 + up + (r * kappa * (1 + down)))));
            if (!(next > low && next < high))
                next = 0.5 * (low + high);
            if (Math.Abs(next - z) <= Accuracy * next)
                return next;
            z = next;
        }

        return z;
    }
}
