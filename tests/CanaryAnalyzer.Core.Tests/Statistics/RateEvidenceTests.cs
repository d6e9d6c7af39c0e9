using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Tests.Statistics;

public sealed class RateEvidenceTests
{
    public static IEnumerable<TheoryDataRow<string>> Cases => Vectors.Ids("rate-e");

    [Theory]
    [MemberData(nameof(Cases))]
    public void LogE_of_reference_case_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        Vectors.AssertExpected(id, "logE", RateEvidence.LogE(x.Number("r"), x.Number("rho"), x.Number("delta"), x.Number("nc"), x.Number("kc"), x.Number("ns"), x.Number("ks")));
    }

    [Theory]
    [InlineData(0, 0, 100, 3)]
    [InlineData(100, 3, 0, 0)]
    [InlineData(0, 0, 0, 0)]
    public void LogE_with_an_empty_sample_is_zero(double n1, double x1, double n2, double x2)
    {
        Assert.Equal(0, RateEvidence.LogE(2, 1, 0.0001, n1, x1, n2, x2), 1e-12);
        Assert.Equal(0, RateEvidence.LogE(0.5, 1.5, 0.001, n1, x1, n2, x2), 1e-12);
        Assert.Equal(0, RateEvidence.LogLikelihood(2, n1, x1, n2, x2), 1e-12);
    }

    [Fact]
    public void Expectation_on_the_line_is_at_most_one()
    {
        // Enumerates both binomials: an e-value's mean under its hypothesis must not exceed 1, here with equality up to the absolute part.
        foreach (var (r, rho, delta) in new[] { (2.0, 1.0, 0.01), (10.0, 1.2, 0.0), (0.5, 1.5, 0.02) })
        {
            const int n1 = 12, n2 = 30;
            const double p2 = 0.1;
            var p1 = (rho * p2) + delta;
            var mean = 0.0;
            for (var x1 = 0; x1 <= n1; x1++)
            {
                for (var x2 = 0; x2 <= n2; x2++)
                    mean += Binomial(n1, x1, p1) * Binomial(n2, x2, p2) * Math.Exp(RateEvidence.LogE(r, rho, delta, n1, x1, n2, x2));
            }

            Assert.InRange(mean, 0.5, 1 + 1e-12);
        }
    }

    [Fact]
    public void Likelihoods_differ_by_the_evidence_without_absolute_part()
    {
        var evidence = RateEvidence.LogE(3, 1.5, 0, 300, 9, 2700, 27);
        var difference = RateEvidence.LogLikelihood(4.5, 300, 9, 2700, 27) - RateEvidence.LogLikelihood(1.5, 300, 9, 2700, 27);
        Assert.Equal(evidence, difference, 1e-10);
    }

    private static double Binomial(int n, int k, double p)
    {
        var choose = 1.0;
        for (var i = 0; i < k; i++)
            choose *= (double)(n - i) / (i + 1);
        return choose * Math.Pow(p, k) * Math.Pow(1 - p, n - k);
    }
}
