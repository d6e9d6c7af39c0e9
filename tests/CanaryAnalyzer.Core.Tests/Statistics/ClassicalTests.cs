using System.Text.Json;
using CanaryAnalyzer.Core.Tests.Statistics.Classical;

namespace CanaryAnalyzer.Core.Tests.Statistics;

/// <summary>Reference values of tests with one look.</summary>
public sealed class ClassicalTests
{
    public static IEnumerable<TheoryDataRow<string>> MannWhitney => Vectors.Ids("mann-whitney-exact").Concat(Vectors.Ids("mann-whitney-normal"));

    public static IEnumerable<TheoryDataRow<string>> Shifts => Vectors.Ids("hodges-lehmann");

    public static IEnumerable<TheoryDataRow<string>> Welch => Vectors.Ids("welch-t");

    public static IEnumerable<TheoryDataRow<string>> Proportions => Vectors.Ids("two-proportion-z");

    public static IEnumerable<TheoryDataRow<string>> Fisher => Vectors.Ids("fisher-exact");

    public static IEnumerable<TheoryDataRow<string>> KolmogorovSmirnov => Vectors.Ids("ks-two-sample");

    public static IEnumerable<TheoryDataRow<string>> ChiSquare => Vectors.Ids("chi-square");

    [Theory]
    [MemberData(nameof(MannWhitney))]
    public void MannWhitney_of_reference_case_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        var result = x.TryGetProperty("continuity", out var continuity)
            ? MannWhitneyTest.Normal(x.Numbers("x"), x.Numbers("y"), Side(x), continuity.GetBoolean())
            : MannWhitneyTest.Exact(x.Numbers("x"), x.Numbers("y"), Side(x));
        Vectors.AssertExpected(id, "U", result.Statistic);
        Vectors.AssertExpected(id, "p", result.P);
    }

    [Theory]
    [MemberData(nameof(Shifts))]
    public void HodgesLehmann_of_reference_case_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        var (first, second, confidence) = (x.Numbers("x"), x.Numbers("y"), x.Number("confidence"));
        var shift = x.GetProperty("exact").GetBoolean() ? HodgesLehmann.Exact(first, second, confidence) : HodgesLehmann.Normal(first, second, confidence);
        Vectors.AssertExpected(id, "estimate", shift.Estimate);
        Vectors.AssertExpected(id, "lower", shift.Lower);
        Vectors.AssertExpected(id, "upper", shift.Upper);
    }

    [Theory]
    [MemberData(nameof(Welch))]
    public void Welch_of_reference_case_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        var test = WelchTest.Of(x.Numbers("x"), x.Numbers("y"), Side(x));
        Vectors.AssertExpected(id, "t", test.T);
        Vectors.AssertExpected(id, "df", test.DegreesOfFreedom);
        Vectors.AssertExpected(id, "p", test.P);
    }

    [Theory]
    [MemberData(nameof(Proportions))]
    public void Proportions_of_reference_case_equal_expected(string id)
    {
        var x = Vectors.Inputs(id);
        var test = ProportionTest.Of(x.Number("x1"), x.Number("n1"), x.Number("x2"), x.Number("n2"), Side(x));
        Vectors.AssertExpected(id, "z", test.Statistic);
        Vectors.AssertExpected(id, "p", test.P);
    }

    [Theory]
    [MemberData(nameof(Fisher))]
    public void Fisher_of_reference_case_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        var (canary, stable) = ((long)x.Number("errorsCanary"), (long)x.Number("errorsStable"));
        var test = FisherTest.Of(canary, canary + (long)x.Number("okCanary"), stable, stable + (long)x.Number("okStable"), Side(x));
        Vectors.AssertExpected(id, "p", test.P);
        if (Vectors.Case(id).GetProperty("expected").GetProperty("oddsRatioConditionalMle").ValueKind == JsonValueKind.Number)
            Vectors.AssertExpected(id, "oddsRatioConditionalMle", test.OddsRatio);
        else
            Assert.Equal(double.PositiveInfinity, test.OddsRatio);
    }

    [Theory]
    [MemberData(nameof(KolmogorovSmirnov))]
    public void KolmogorovSmirnov_of_reference_case_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        var test = KolmogorovSmirnovTest.Of(x.Numbers("x"), x.Numbers("y"), x.GetProperty("exact").GetBoolean());
        Vectors.AssertExpected(id, "D", test.Statistic);
        Vectors.AssertExpected(id, "p", test.P);
    }

    [Theory]
    [MemberData(nameof(ChiSquare))]
    public void ChiSquare_of_reference_case_equals_expected(string id)
    {
        var rows = Vectors.Inputs(id).GetProperty("table").EnumerateArray().Select(row => row.EnumerateArray().Select(n => n.GetDouble()).ToArray()).ToList();
        var test = ChiSquareTest.Of(rows);
        Vectors.AssertExpected(id, "chi2", test.Statistic);
        Vectors.AssertExpected(id, "df", test.DegreesOfFreedom);
        Vectors.AssertExpected(id, "p", test.P);
    }

    [Fact]
    public void MannWhitney_of_equal_samples_is_no_evidence()
    {
        Assert.Equal(1, MannWhitneyTest.Normal([1, 1, 1], [1, 1], Alternative.TwoSided, true).P);
        Assert.Equal(1, MannWhitneyTest.Exact([1, 4], [2, 3], Alternative.TwoSided).P, 1e-12);
        Assert.Equal(1.0 / 6, MannWhitneyTest.Exact([3, 4], [1, 2], Alternative.Greater).P, 1e-12);
    }

    [Fact]
    public void Fisher_at_the_lower_edge_has_odds_of_zero() => Assert.Equal(0, FisherTest.Of(0, 100, 3, 100, Alternative.TwoSided).OddsRatio);

    [Fact]
    public void KolmogorovSmirnov_of_equal_samples_is_no_evidence()
    {
        Assert.Equal(1, KolmogorovSmirnovTest.Of([1, 2], [1, 2], true).P, 1e-12);
        Assert.Equal(1, KolmogorovSmirnovTest.Of([1, 2], [1, 2], false).P);
    }

    private static Alternative Side(JsonElement inputs) => inputs.GetProperty("alternative").GetString() switch
    {
        "greater" => Alternative.Greater,
        "less" => Alternative.Less,
        _ => Alternative.TwoSided,
    };
}
