using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Tests.Statistics;

/// <summary>The parts of the planned test of safety, against values computed with scipy.</summary>
public sealed class PlannedTestTests
{
    [Theory]
    [InlineData(3, 10, 2, 0.0161601905744264)]
    [InlineData(0, 5, 5, 0.03125)]
    [InlineData(40, 60, 30, 0.0141570376251098)]
    [InlineData(900, 1000, 1e-8, 0.000697767327796305)]
    [InlineData(900, 1000, 0, 0.000697767327796305)]
    [InlineData(95, 120, 1e-5, 0.01060711761330170)]
    [InlineData(250, 300, 3000, 0.197723962791225)]
    [InlineData(7, 20.5, 0.3, 0.000593400671398974)]
    [InlineData(9700, 10000, 50, 0.00134534075857617)]
    public void Cdf_of_a_gamma_Poisson_count_equals_scipys(double k, double mean, double variance, double expected) =>
        Assert.Equal(expected, GammaPoisson.Cdf(k, mean, variance), 1e-9 * expected);

    [Fact]
    public void Cdf_of_a_huge_count_is_near_the_normal_one()
    {
        const double mean = 1e9;
        Assert.Equal(NormalDistribution.Cdf(-2), GammaPoisson.Cdf(mean - (2 * Math.Sqrt(2 * mean)), mean, mean), 1e-5);
        Assert.Equal(0, GammaPoisson.Cdf(-1, mean, 0));
    }

    [Theory]
    [InlineData(1.8e6, 2e6, 1e10, 0.01999668975989946)]
    [InlineData(2.1e6, 2e6, 1e10, 0.8414198704245333)]
    public void Cdf_of_a_huge_count_of_few_clumps_equals_scipys(double k, double mean, double variance, double expected) =>
        Assert.Equal(expected, GammaPoisson.Cdf(k, mean, variance), 1e-5);

    [Theory]
    [InlineData(1e15)]
    [InlineData(1e300)]
    public void Cdf_of_a_count_beyond_measure_is_a_probability_at_once(double mean) => Assert.InRange(GammaPoisson.Cdf(mean / 2, mean, mean * 1e10), 0, 1);

    [Theory]
    [InlineData(-2, -1.5, 0.3, 0.00467871632264106)]
    [InlineData(-3, 2.5, 0.9, 0.00134989803163009)]
    [InlineData(0, 0, 0.5, 0.333333333333333)]
    [InlineData(-2.2, -2.9, 0.7, 0.000963066706370391)]
    [InlineData(-3, -2.5, 0.95, 0.00128419709466481)]
    [InlineData(-1, 1, 0, 0.133483764331402)]
    public void Cdf_of_a_bivariate_normal_equals_scipys(double x, double y, double correlation, double expected) =>
        Assert.Equal(expected, BivariateNormal.Cdf(x, y, correlation), 1e-8 * expected);

    [Fact]
    public void First_look_spends_its_level_and_the_next_what_it_adds()
    {
        var first = PlannedTest.None.Plus(10, 30, 5).Look(0.00125, 1);
        Assert.Equal(0.00125, first.Level, 1e-12);
        Assert.Equal(3.02334143973915, first.Boundary, 1e-9);
        var second = first.Plus(10, 30, 5).Look(0.0025, 1);

        // P(Z2 <= x, Z1 > -boundary1) is what was added, at the correlation that the information has.
        var x = -second.Boundary;
        var added = NormalDistribution.Cdf(x) - BivariateNormal.Cdf(x, -first.Boundary, Math.Sqrt(0.5));
        Assert.Equal(0.00125, added, 1e-9);
        Assert.InRange(second.Level, 0.00125, 0.0025);
    }

    [Fact]
    public void Nothing_expected_spends_nothing_and_shows_nothing()
    {
        var test = PlannedTest.None.Look(0.02, 1);
        Assert.Equal((0, false, double.NegativeInfinity), (test.Spent, test.IsShown, test.LogMargin));
        Assert.Equal(0.02, test.Plus(0, 10, 0).Look(0.02, 1).Level, 1e-12);
    }

    [Fact]
    public void A_level_is_never_spent_twice()
    {
        var test = PlannedTest.None.Plus(0, 3, 0).Look(0.045, 1);
        Assert.Equal(0.049787068367863944, test.P, 1e-12);
        Assert.False(test.IsShown);
        var again = test.Plus(0, 1, 0).Look(0.01, 1);
        Assert.Equal(0.045, again.Spent);
        Assert.True(again.Level < 1e-6);
    }

    [Theory]
    [InlineData(10, 100, 900)]
    [InlineData(40, 300, 300)]
    public void With_a_constant_split_and_no_margin_it_is_the_binomial_test(int stableHits, double canary, double stable)
    {
        // The number of canary events before the stable side's last one is negative binomial, whatever the rate.
        var (ratio, k) = (1.5 * canary / stable, (int)(0.5 * canary / stable * stableHits));
        var share = ratio / (1 + ratio);
        var binomial = Enumerable.Range(0, k + 1).Sum(i => MathNet.Numerics.Distributions.Binomial.PMF(share, k + stableHits, i));
        Assert.Equal(binomial, PlannedTest.PValue(k, ratio * stableHits, ratio * ratio * stableHits, 1), 1e-9);
    }

    [Fact]
    public void Dispersed_counts_show_less()
    {
        Assert.True(PlannedTest.PValue(40, 80, 10, 3) > PlannedTest.PValue(40, 80, 10, 1));
        Assert.Equal(1, PlannedTest.PValue(80, 80, 10, 1));
        Assert.Equal(1, PlannedTest.PValue(0, 0, 0, 1));
    }
}
