using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Tests.Statistics;

public sealed class OrdinalEvidenceTests
{
    public static IEnumerable<TheoryDataRow<string>> Cases => Vectors.Ids("ordinal-e");

    public static IEnumerable<TheoryDataRow<string>> Tilts => Vectors.Ids("tilt-for-superiority");

    [Theory]
    [MemberData(nameof(Cases))]
    public void LogE_of_reference_case_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        var shares = x.Numbers("baseline");
        var ridits = shares.Select((p, i) => shares.Take(i).Sum() + (p / 2)).ToArray();
        var ratios = new double[shares.Length];
        OrdinalEvidence.LogRatios(x.Number("s"), shares, ridits, ratios);
        Vectors.AssertExpected(id, "logR", ratios);
        Vectors.AssertExpected(id, "logE", OrdinalEvidence.LogE(ratios, x.Counts("hc"), x.Counts("hs")));
    }

    [Theory]
    [MemberData(nameof(Tilts))]
    public void TiltForSuperiority_of_reference_case_equals_expected(string id) =>
        Vectors.AssertExpected(id, "s", OrdinalEvidence.TiltForSuperiority(Vectors.Inputs(id).Number("superiority")));

    [Fact]
    public void Ridits_of_no_counts_are_even()
    {
        var shares = new double[4];
        var ridits = new double[4];
        OrdinalEvidence.Ridits([0, 0, 0, 0], shares, ridits);
        Assert.Equal([0.25, 0.25, 0.25, 0.25], shares);
        Assert.Equal([0.125, 0.375, 0.625, 0.875], ridits);
    }

    [Fact]
    public void Superiority_counts_ties_half()
    {
        Assert.Equal(0.5, OrdinalEvidence.Superiority([10, 20, 5], [20, 40, 10]));
        Assert.Equal(1, OrdinalEvidence.Superiority([0, 3], [7, 0]));
        Assert.Null(OrdinalEvidence.Superiority([0, 0], [1, 2]));
    }
}
