using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Tests.Statistics;

public sealed class DispersionTests
{
    public static IEnumerable<TheoryDataRow<string>> Cases => Vectors.Ids("aa-dispersion");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Value_of_reference_rows_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        var noise = x.GetProperty("rows").EnumerateArray()
            .Aggregate(Dispersion.None, (sum, r) => sum.WithCounts(r.Number("na"), r.Number("xa"), r.Number("nb"), r.Number("xb")));
        Vectors.AssertExpected(id, "phi", noise.Value(x.Number("phi0"), x.Number("nu0")));
    }

    [Theory]
    [InlineData(100, 0, 100, 0)]
    [InlineData(100, 100, 100, 100)]
    [InlineData(100, 5, 0, 0)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 1, 0, 0)]
    [InlineData(10, 30, 10, 30)]
    public void WithCounts_that_tell_nothing_changes_nothing(double na, double xa, double nb, double xb) =>
        Assert.Equal(Dispersion.None, Dispersion.None.WithCounts(na, xa, nb, xb));

    [Fact]
    public void WithScores_that_tell_nothing_changes_nothing()
    {
        Assert.Equal(Dispersion.None, Dispersion.None.WithScores([.2, .8], [3, 4], [0, 0]));
        Assert.Equal(Dispersion.None, Dispersion.None.WithScores([.2, .8], [3, 0], [9, 0]));
    }

    [Fact]
    public void Value_without_data_is_the_prior() => Assert.Equal(2, Dispersion.None.Value(2, 5));
}
