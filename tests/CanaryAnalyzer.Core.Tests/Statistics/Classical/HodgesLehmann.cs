using CanaryAnalyzer.Core.Statistics;
namespace CanaryAnalyzer.Core.Tests.Statistics.Classical;

/// <summary>By how much the first sample is shifted against the second (Hodges and Lehmann), with the interval that the test of Mann and Whitney doesn't refute.</summary>
/// <param name="Estimate">The shift.</param>
/// <param name="Lower">Lower end of its two-sided interval.</param>
/// <param name="Upper">Upper end of its two-sided interval.</param>
internal readonly record struct HodgesLehmann(double Estimate, double Lower, double Upper)
{
    private const double Tolerance = 1e-12;

    /// <summary>Exactly, from the differences of all pairs: their median, and order statistics. For samples without ties up to some 50 values each.</summary>
    public static HodgesLehmann Exact(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double confidence)
    {
        var differences = new double[x.Length * y.Length];
        for (var i = 0; i < x.Length; i++)
        {
            for (var j = 0; j < y.Length; j++)
                differences[(i * y.Length) + j] = x[i] - y[j];
        }

        Array.Sort(differences);
        var half = differences.Length / 2;
        var median = differences.Length % 2 == 1 ? differences[half] : (differences[half - 1] + differences[half]) / 2;
        var below = Math.Max(1, Quantile(MannWhitneyTest.Distribution(x.Length, y.Length), (1 - confidence) / 2));
        return new(median, differences[below - 1], differences[^below]);
    }

    /// <summary>
    /// By the normal approximation with ties and, for the interval's ends, continuity: where the shifted sample's standardised statistic crosses the quantiles, as in R's
    /// <c>wilcox.test</c> and in Kayenta.
    /// </summary>
    public static HodgesLehmann Normal(double[] x, double[] y, double confidence)
    {
        var (low, high) = (x.Min() - y.Max(), x.Max() - y.Min());
        var quantile = NormalDistribution.Quantile(1 - ((1 - confidence) / 2));
        double End(double z)
        {
            double Gap(double shift) => Standardised(x, y, shift, continuity: true) - z;
            return Gap(low) <= 0 ? low : Gap(high) >= 0 ? high : BrentRoot.Find(Gap, low, high, Tolerance);
        }

        var estimate = low < high ? BrentRoot.Find(shift => Standardised(x, y, shift, continuity: false), low, high, Tolerance) : low;
        return new(estimate, End(quantile), End(-quantile));
    }

    private static double Standardised(double[] x, double[] y, double shift, bool continuity)
    {
        var shifted = new double[x.Length];
        for (var i = 0; i < shifted.Length; i++)
            shifted[i] = x[i] - shift;
        var ranks = Ranks.Of(shifted, y);
        var difference = ranks.First - (x.Length * (x.Length + 1) / 2.0) - (x.Length * (double)y.Length / 2);
        var deviation = MannWhitneyTest.Deviation(x.Length, y.Length, ranks.Ties);
        return deviation > 0 ? (difference - (continuity ? 0.5 * Math.Sign(difference) : 0)) / deviation : 0;
    }

    private static int Quantile(double[] probabilities, double p)
    {
        var sum = 0.0;
        for (var u = 0; u < probabilities.Length; u++)
        {
            sum += probabilities[u];
            if (sum >= p * (1 - 1e-13))
                return u;
        }

        return probabilities.Length - 1;
    }
}
