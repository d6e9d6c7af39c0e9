using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Tests.Statistics;

/// <summary>Reference values of the kinds of evidence that are about one sample.</summary>
public sealed class FurtherEvidenceTests
{
    public static IEnumerable<TheoryDataRow<string>> Limits => Vectors.Ids("limit-e");

    public static IEnumerable<TheoryDataRow<string>> Splits => Vectors.Ids("traffic-split-e");

    public static IEnumerable<TheoryDataRow<string>> Marginals => Vectors.Ids("beta-binomial-log-marginal");

    public static IEnumerable<TheoryDataRow<string>> Symmetric => Vectors.Ids("symmetric-mixture-e");

    public static IEnumerable<TheoryDataRow<string>> Normal => Vectors.Ids("normal-mixture-e");

    public static IEnumerable<TheoryDataRow<string>> Quantiles => Vectors.Ids("histogram-quantile");

    [Theory]
    [MemberData(nameof(Limits))]
    public void Limit_of_reference_case_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        Vectors.AssertExpected(id, "logE", LimitEvidence.LogE(x.Number("r"), x.Number("limit"), x.Number("n"), x.Number("k")));
    }

    [Theory]
    [MemberData(nameof(Splits))]
    public void Split_of_reference_case_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        Vectors.AssertExpected(id, "logE", SplitEvidence.LogE(x.Number("canary"), x.Number("total"), x.Number("weight"), x.Number("concentration")));
    }

    [Theory]
    [MemberData(nameof(Marginals))]
    public void Marginal_of_reference_case_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        Vectors.AssertExpected(id, "logMarginalSequence", SplitEvidence.LogMarginal(x.Number("k"), x.Number("n"), x.Number("a"), x.Number("b")));
    }

    [Theory]
    [MemberData(nameof(Symmetric))]
    public void Drift_of_symmetric_increments_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        var d = x.Numbers("d");
        Vectors.AssertExpected(id, "logM", [.. Sums(d).Select((s, i) => DriftEvidence.LogE(s, d.Take(i + 1).Sum(v => v * v), x.Number("rho")))]);
    }

    [Theory]
    [MemberData(nameof(Normal))]
    public void Drift_with_known_variance_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        Vectors.AssertExpected(id, "logM", [.. Sums(x.Numbers("z")).Select((s, i) => DriftEvidence.LogE(s, x.Number("tau") * (i + 1), x.Number("rho")))]);
    }

    [Theory]
    [MemberData(nameof(Quantiles))]
    public void Quantile_of_reference_case_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        Vectors.AssertExpected(id, "value", HistogramQuantile.Of(x.Numbers("bounds"), x.Counts("counts"), x.Number("q")));
    }

    [Fact]
    public void Quantile_of_nothing_is_no_number() => Assert.Equal(double.NaN, HistogramQuantile.Of([1.0], [0, 0], 0.5));

    private static double[] Sums(double[] values)
    {
        var sum = 0.0;
        return [.. values.Select(v => sum += v)];
    }
}
