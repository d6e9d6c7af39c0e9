using CanaryAnalyzer.Core.Statistics;
using MathNet.Numerics;

namespace CanaryAnalyzer.Core.Tests.Statistics;

public sealed class ClumpedRateEvidenceTests
{
    [Theory]
    [InlineData(3, 1, 1e-4, 300, 4, 2700, 9, 2, 0.826138633103505)]
    [InlineData(1.5, 1, 1e-4, 3000, 30, 3000, 20, 1.3, 0.729159972922412)]
    [InlineData(100, 1.2, 5e-4, 50, 6, 9000, 4, 20, 0.29210053013739)]
    [InlineData(10, 1, 0, 1e6, 12, 1000, 1, 5, -1.02466918655055)]
    [InlineData(2, 1, 1e-4, 300, 4, 2700, 9, 1, 1.5090109302381)]
    [InlineData(2, 1, 1e-4, 0, 0, 2700, 9, 2, 0)]
    [InlineData(2, 1, 1e-4, 300, 9, 0, 0, 2, 0)]
    public void LogE_equals_the_reference(double r, double rho, double delta, double n1, double x1, double n2, double x2, double phi, double expected) =>
        Assert.Equal(expected, ClumpedRateEvidence.LogE(r, rho, delta, n1, x1, n2, x2, phi), 1e-10);

    [Theory]
    [InlineData(1.5, 1.2)]
    [InlineData(3, 2)]
    [InlineData(10, 5)]
    [InlineData(25, 3)]
    public void On_the_line_its_mean_is_one_whatever_the_rate(double r, double phi)
    {
        const double rho = 1.1, delta = 0.001, n1 = 200, n2 = 900;
        foreach (var rate in new[] { 0.0005, 0.004, 0.02 })
            Assert.Equal(1, Mean(n1 * ((rho * rate) + delta), n2 * rate), 1e-8);

        // Below it is less.
        Assert.True(Mean(n1 * rho * 0.004, n2 * 0.004) < 1);

        double Mean(double mean1, double mean2)
        {
            var sum = 0.0;
            for (var x1 = 0; x1 < 1500; x1++)
            {
                for (var x2 = 0; x2 < 1500; x2 += 1)
                {
                    var log = LogMass(x1, mean1, phi) + LogMass(x2, mean2, phi) + ClumpedLogE(x1, x2);
                    if (log > -45)
                        sum += Math.Exp(log);
                    else if (x2 > mean2 * 4)
                        break;
                }
            }

            return sum;
        }

        double ClumpedLogE(int x1, int x2) => At(0, 0) + (x1 * (At(1, 0) - At(0, 0))) + (x2 * (At(0, 1) - At(0, 0)));

        double At(int x1, int x2) => ClumpedRateEvidence.LogE(r, rho, delta, n1, x1, n2, x2, phi);
    }

    private static double LogMass(int k, double mean, double phi)
    {
        var size = mean / (phi - 1);
        return SpecialFunctions.GammaLn(size + k) - SpecialFunctions.GammaLn(size) - SpecialFunctions.GammaLn(k + 1) - (size * Math.Log(phi)) + (k * Math.Log((phi - 1) / phi));
    }
}
