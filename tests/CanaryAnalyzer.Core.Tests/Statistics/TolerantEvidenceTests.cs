using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Tests.Statistics;

public sealed class TolerantEvidenceTests
{
    private static readonly double[] Shares = [0.6, 0.3, 0.1];

    [Theory]
    [InlineData(0)]
    [InlineData(0.03)]
    public void Against_a_sample_within_the_tolerance_its_mean_is_at_most_one(double tolerance)
    {
        var ratios = Bets();

        // The worst within the tolerance: above each bound as much more as is tolerated.
        double[] canary = [0.6 - tolerance, 0.3, 0.1 + tolerance];
        Assert.InRange(Mean(ratios, canary, 4, 6, tolerance), 0, 1 + 1e-12);
        if (tolerance > 0)
            Assert.True(Mean(ratios, canary, 4, 6, 0) > 1);
    }

    [Fact]
    public void Growth_is_its_mean_under_the_bets()
    {
        var ratios = Bets();
        double[] tilted = [.. Shares.Select((share, b) => share * Math.Exp(ratios[b]))];
        var (_, growth) = OrdinalEvidence.Tolerant(ratios, Shares, [4, 0, 0], [6, 0, 0], 0.01);
        Assert.Equal(Enumerate(tilted, 4).Sum(c => Enumerate(Shares, 6).Sum(s => c.P * s.P * OrdinalEvidence.Tolerant(ratios, Shares, c.Counts, s.Counts, 0.01).LogE)), growth, 1e-9);
    }

    [Fact]
    public void A_side_without_requests_says_nothing() => Assert.Equal((0, 0), OrdinalEvidence.Tolerant(Bets(), Shares, [0, 0, 0], [4, 0, 1], 0.01));

    [Fact]
    public void Scores_of_a_heavier_tail_begin_where_the_tail_does()
    {
        var scores = new double[3];
        OrdinalEvidence.TailScores(0.005, 0.8, [0.5, 0.995, 1], scores);
        Assert.Equal(0, scores[0]);
        Assert.Equal(0, scores[1], 1e-12);
        Assert.Equal(0.8 * Math.Log(0.005 / 1e-12), scores[2], 1e-9);
    }

    private static double[] Bets()
    {
        var ratios = new double[] { 0, 0.5, 1.2 };
        OrdinalEvidence.LogRatios(Shares, ratios);
        return ratios;
    }

    private static double Mean(double[] ratios, double[] canary, int n1, int n2, double tolerance) =>
        Enumerate(canary, n1).Sum(c => Enumerate(Shares, n2).Sum(s => c.P * s.P * Math.Exp(OrdinalEvidence.Tolerant(ratios, Shares, c.Counts, s.Counts, tolerance).LogE)));

    private static IEnumerable<(long[] Counts, double P)> Enumerate(double[] shares, int n)
    {
        for (var a = 0; a <= n; a++)
        {
            for (var b = 0; a + b <= n; b++)
            {
                var rest = n - a - b;
                yield return ([a, b, rest], Multinomial(a, b, rest) * Math.Pow(shares[0], a) * Math.Pow(shares[1], b) * Math.Pow(shares[2], rest));
            }
        }
    }

    private static double Multinomial(int a, int b, int c) =>
        MathNet.Numerics.SpecialFunctions.Factorial(a + b + c) / (MathNet.Numerics.SpecialFunctions.Factorial(a) * MathNet.Numerics.SpecialFunctions.Factorial(b) * MathNet.Numerics.SpecialFunctions.Factorial(c));
}
