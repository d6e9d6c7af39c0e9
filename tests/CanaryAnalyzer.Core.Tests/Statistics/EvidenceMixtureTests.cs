using System.Collections.Immutable;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Tests.Statistics;

public sealed class EvidenceMixtureTests
{
    public static IEnumerable<TheoryDataRow<string>> Cases => Vectors.Ids("rate-e-mixture");

    [Theory]
    [MemberData(nameof(Cases))]
    public void LogEvidence_of_reference_stream_equals_expected(string id)
    {
        var x = Vectors.Inputs(id);
        var grid = x.Numbers("grid");
        var cap = x.GetProperty("cap").GetBoolean() ? Math.Log(1.01) + (0.5 * Math.Log(1 / (x.Number("alpha") * x.Number("componentWeight")))) : double.PositiveInfinity;
        var rule = new MixtureRule([.. x.Numbers("weights")], x.Number("startNow"), x.Number("hazard"), cap);
        var phi = x.Numbers("phi");
        var process = EvidenceMixture.Start(grid.Length);
        var got = new List<double>();
        foreach (var row in x.GetProperty("stream").EnumerateArray())
        {
            var logE = grid.Select(r => RateEvidence.LogE(r, x.Number("rho"), x.Number("delta"), row.Number("nc"), row.Number("kc"), row.Number("ns"), row.Number("ks"))).ToArray();
            process = process.With(logE, phi[got.Count], rule);
            got.Add(process.LogEvidence);
        }

        Vectors.AssertExpected(id, "logM", [.. got]);
    }

    [Fact]
    public void LogEvidence_before_anything_is_zero() => Assert.Equal(0, EvidenceMixture.Start(3).LogEvidence);

    [Fact]
    public void LogEvidence_after_an_empty_interval_stays_zero()
    {
        var rule = new MixtureRule([.5, .5], .7, .02, double.PositiveInfinity);
        var process = EvidenceMixture.Start(2);
        for (var i = 0; i < 1000; i++)
            process = process.With([0, 0], 1, rule);
        Assert.Equal(0, process.LogEvidence, 1e-12);
    }

    [Fact]
    public void One_interval_gains_at_most_the_largest_gain()
    {
        var rule = new MixtureRule([1], .7, .02, 2);
        var process = EvidenceMixture.Start(1).With([50], 1, rule);
        Assert.Equal(2, process.LogEvidence, 1e-12);
        Assert.Equal(4, process.With([50], 1, rule).LogEvidence, 1e-12);
    }

    [Fact]
    public void With_another_number_of_alternatives_is_refused() =>
        Assert.Throws<ArgumentException>(() => EvidenceMixture.Start(2).With([0.0], 1, new MixtureRule(ImmutableArray.Create(1.0), 1, 0, 1)));
}
