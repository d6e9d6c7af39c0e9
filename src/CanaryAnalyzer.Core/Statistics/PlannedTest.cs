namespace CanaryAnalyzer.Core.Statistics;

/// <summary>
/// A test at a few planned looks that fewer events were counted than are expected on a line. What may be spent of the error level by each look is fixed beforehand; each
/// look's level costs what it adds: P(rejected at this look and not at the one before) (Hunter 1976 and Worsley 1982 bound the probability of any rejection by the sum).
/// </summary>
/// <param name="Count">Events counted so far.</param>
/// <param name="Expected">Events expected on the line.</param>
/// <param name="Variance">Variance of that expectation, which was itself estimated from counts.</param>
public sealed record PlannedTest(double Count, double Expected, double Variance)
{
    private const double Never = 9;
    private const double LargestCorrelation = 0.9999;
    private const int Halvings = 36;

    /// <summary>Nothing counted, nothing looked at.</summary>
    public static PlannedTest None { get; } = new(0, 0, 0);

    /// <summary>What was spent up to the last look.</summary>
    public double Spent { get; init; }

    /// <summary>How far below the expectation the last look's boundary was, in standard deviations; 9 before the first.</summary>
    public double Boundary { get; init; } = Never;

    /// <summary>The variance of count and expectation at the last look; 0 before the first.</summary>
    public double Information { get; init; }

    /// <summary>The p-value at the last look; 1 before the first.</summary>
    public double P { get; init; } = 1;

    /// <summary>The level that it needed; 0 before the first.</summary>
    public double Level { get; init; }

    /// <summary>Whether the last look rejected.</summary>
    public bool IsShown => P <= Level;

    /// <summary>Natural logarithm of level over p-value: 0 and more rejects.</summary>
    public double LogMargin => Level > 0 ? Math.Log(Level) - Math.Log(Math.Max(P, 1e-300)) : double.NegativeInfinity;

    /// <summary>With more of each.</summary>
    public PlannedTest Plus(double count, double expected, double variance) => this with { Count = Count + count, Expected = Expected + expected, Variance = Variance + variance };

    /// <summary>The test after a planned look. Where nothing is expected yet, nothing is spent.</summary>
    /// <param name="allowed">What may be spent in all up to this look.</param>
    /// <param name="dispersion">Variance over mean of the counts, at least 1.</param>
    public PlannedTest Look(double allowed, double dispersion)
    {
        if (!(Expected > 0))
            return this with { P = 1, Level = 0 };
        var information = (Expected + Variance) * dispersion;
        var correlation = Math.Min(LargestCorrelation, Math.Sqrt(Math.Clamp(Information / information, 0, 1)));
        var x = Next(Math.Max(0, allowed - Spent), Boundary, correlation);
        return this with
        {
            Spent = Math.Max(Spent, allowed),
            Boundary = -x,
            Information = information,
            P = PValue(Count, Expected, Variance, dispersion),
            Level = NormalDistribution.Cdf(x),
        };
    }

    /// <summary>The probability of so few events on the line.</summary>
    /// <param name="count">Events counted.</param>
    /// <param name="expected">Events expected.</param>
    /// <param name="variance">Variance of that expectation.</param>
    /// <param name="dispersion">Variance over mean of the counts, at least 1.</param>
    public static double PValue(double count, double expected, double variance, double dispersion)
    {
        double k = count / dispersion, mean = expected / dispersion;
        return mean > 0 && k < mean ? GammaPoisson.InterpolatedCdf(k, mean, variance / dispersion) : 1;
    }

    // x with P(Z <= x, not rejected at the look before) = spent: the probability grows with x, so it is halved between bounds.
    private static double Next(double spent, double before, double correlation)
    {
        var low = spent > 0 ? Math.Max(NormalDistribution.Quantile(spent), -Never) : -Never;
        if (before >= Never)
            return low;
        var high = Math.Min(NormalDistribution.Quantile(Math.Min(spent + NormalDistribution.Cdf(-before), 0.5)) + 1e-9, 0);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = 0.5 * (low + high);
            if (NormalDistribution.Cdf(middle) - BivariateNormal.Cdf(middle, -before, correlation) < spent)
                low = middle;
            else
                high = middle;
        }

        return 0.5 * (low + high);
    }
}
