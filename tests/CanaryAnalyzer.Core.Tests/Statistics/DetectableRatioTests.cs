using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Tests.Statistics;

public sealed class DetectableRatioTests
{
    public static IEnumerable<TheoryDataRow<string>> Cases => Vectors.Ids("mde-ratio");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Smallest_of_reference_case_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        var needed = Math.Log(1 / x.Number("alpha")) - Math.Log(x.Number("weight")) - Math.Log(x.Number("startNow")) - Math.Log(x.Number("gridWeight"));
        Vectors.AssertExpected(id, "ratio", DetectableRatio.Smallest(
            x.Number("stableErrorRate"), x.Number("canaryRequests"), x.Number("stableRequests"), needed, x.Number("power"), x.Number("tolRatio"), x.Number("tolAbs"), x.Number("phi")));
    }

    [Theory]
    [InlineData(0, 100, 100)]
    [InlineData(0.01, 0, 100)]
    [InlineData(0.01, 100, 0)]
    [InlineData(0.01, 3, 5)]
    public void Smallest_without_enough_traffic_is_infinite(double rate, double n1, double n2) =>
        Assert.Equal(double.PositiveInfinity, DetectableRatio.Smallest(rate, n1, n2, 7, 0.8, 1, 0.0001, 1));
}
