using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Tests.Statistics;

public sealed class NormalDistributionTests
{
    // R 4.2.2: pnorm(x, log.p = TRUE)
    [Theory]
    [InlineData(0, -0.6931471805599453)]
    [InlineData(-5, -15.06499839398872)]
    [InlineData(-10, -53.23128515051247)]
    [InlineData(-20, -203.9171553710973)]
    [InlineData(-40, -804.6084420137538)]
    [InlineData(3, -0.001350809964748202)]
    public void LogCdf_equals_reference(double x, double expected) => Vectors.AssertClose(expected, NormalDistribution.LogCdf(x), 1e-9, $"ln Phi({x})");

    [Fact]
    public void Quantile_equals_reference() => Assert.Equal(0.8416212335729143, NormalDistribution.Quantile(0.8), 1e-9);
}
