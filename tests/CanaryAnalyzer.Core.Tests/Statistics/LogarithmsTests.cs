using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Tests.Statistics;

public sealed class LogarithmsTests
{
    public static IEnumerable<TheoryDataRow<string>> Averages => Vectors.Ids("e-average");

    [Theory]
    [MemberData(nameof(Averages))]
    public void WeightedSum_of_reference_case_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        Vectors.AssertExpected(id, "logMean", Logarithms.WeightedSum(x.Numbers("logE"), x.Numbers("weights")));
    }

    [Theory]
    [InlineData(1e-10)]
    [InlineData(-1e-10)]
    [InlineData(3e-7)]
    [InlineData(1e-17)]
    public void Log1p_and_Expm1_are_accurate_near_zero(double x)
    {
        Assert.Equal(x - (x * x / 2) + (x * x * x / 3), Logarithms.Log1p(x), Math.Abs(x) * 1e-15 * 2);
        Assert.Equal(x + (x * x / 2) + (x * x * x / 6), Logarithms.Expm1(x), Math.Abs(x) * 1e-15 * 2);
    }

    [Fact]
    public void Add_with_nothing_is_the_other()
    {
        Assert.Equal(3, Logarithms.Add(double.NegativeInfinity, 3));
        Assert.Equal(3, Logarithms.Add(3, double.NegativeInfinity));
        Assert.Equal(double.NegativeInfinity, Logarithms.Add(double.NegativeInfinity, double.NegativeInfinity));
        Assert.Equal(1000 + Math.Log(2), Logarithms.Add(1000, 1000), 1e-12);
    }

    [Fact]
    public void Sum_of_nothing_is_zero() => Assert.Equal(double.NegativeInfinity, Logarithms.Sum([]));
}
