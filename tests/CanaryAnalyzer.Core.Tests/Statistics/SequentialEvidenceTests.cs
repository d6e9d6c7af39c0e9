using CanaryAnalyzer.Core.Statistics.Sequential;

namespace CanaryAnalyzer.Core.Tests.Statistics;

/// <summary>Reference values of sequential tests that the judge is compared with.</summary>
public sealed class SequentialEvidenceTests
{
    public static IEnumerable<TheoryDataRow<string>> Mixtures => Vectors.Ids("msprt-normal");

    public static IEnumerable<TheoryDataRow<string>> Tables => Vectors.Ids("safe-2x2-e");

    public static IEnumerable<TheoryDataRow<string>> Signs => Vectors.Ids("sign-e");

    public static IEnumerable<TheoryDataRow<string>> Ratios => Vectors.Ids("wald-sprt");

    public static IEnumerable<TheoryDataRow<string>> Spendings => Vectors.Ids("obf-alpha-spent");

    [Theory]
    [MemberData(nameof(Mixtures))]
    public void Mixture_of_reference_case_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        Vectors.AssertExpected(id, "logLambda", MixtureRatio.Log(x.Number("difference"), x.Number("variance"), x.Number("tau")));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Table_of_reference_case_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        var table = SafeTable.Start(x.Number("betaA1"), x.Number("betaA2"), x.Number("betaB1"), x.Number("betaB2"));
        foreach (var (a, b) in x.Numbers("ya").Zip(x.Numbers("yb")))
            table = table.With(x.Number("na"), a, x.Number("nb"), b);
        Vectors.AssertExpected(id, "E", Math.Exp(table.LogE));
    }

    [Theory]
    [MemberData(nameof(Signs))]
    public void Signs_of_reference_case_equal_expected(string id)
    {
        var x = Vectors.Inputs(id);
        Vectors.AssertExpected(id, "logM", SignEvidence.LogE((int)x.Number("positive"), (int)x.Number("negative")));
    }

    [Theory]
    [MemberData(nameof(Ratios))]
    public void Ratio_of_reference_case_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        Vectors.AssertExpected(id, "llr", WaldTest.LogRatio(x.Number("p0"), x.Number("p1"), x.Number("k"), x.Number("n")));
        Vectors.AssertExpected(id, "upper", WaldTest.Upper(x.Number("alpha"), x.Number("beta")));
        Vectors.AssertExpected(id, "lower", WaldTest.Lower(x.Number("alpha"), x.Number("beta")));
    }

    [Theory]
    [MemberData(nameof(Spendings))]
    public void Spent_risk_of_reference_case_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        Vectors.AssertExpected(id, "spent", AlphaSpending.OBrienFleming(x.Number("alpha"), x.Number("informationFraction")));
    }

    [Fact]
    public void Evidence_of_no_signs_is_none() => Assert.Equal(0, SignEvidence.LogE(0, 0), 1e-12);
}
