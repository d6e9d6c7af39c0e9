using CanaryAnalyzer.Core.Analysis.Explaining;

namespace CanaryAnalyzer.Core.Tests.Analysis.Explaining;

public class OutliersTests
{
    [Fact]
    public void Pod_with_nearly_all_errors_of_several_stands_out()
    {
        var marked = Outliers.Mark([Pod("a", 100, 9), Pod("b", 100, 1), Pod("c", 100, 0), Pod("d", 100, 0), Pod("s", 100, 50, isCanary: false)]);

        Assert.Equal(["a"], marked.Where(pod => pod.StandsOut).Select(pod => pod.Target));
        Assert.Equal(["errors: pod a has 9 of the canary's 10 errors"], Outliers.Sentences(marked));
    }

    [Theory]
    [InlineData(100, 6, 100, 4)]
    [InlineData(900, 90, 100, 10)]
    [InlineData(100, 0, 100, 0)]
    [InlineData(100, 1, 100, 0)]
    [InlineData(1_000_000, 12_000, 1_000_000, 10_000)]
    public void Chance_and_larger_traffic_make_none_stand_out(long requests, long errors, long otherRequests, long otherErrors) =>
        Assert.DoesNotContain(Outliers.Mark([Pod("a", requests, errors), Pod("b", otherRequests, otherErrors)]), pod => pod.StandsOut);

    [Fact]
    public void Pod_that_is_alone_has_no_others_to_stand_out_from() => Assert.False(Assert.Single(Outliers.Mark([Pod("a", 100, 100)])).StandsOut);

    private static TargetFigures Pod(string name, long requests, long errors, bool isCanary = true) => new("errors", isCanary, name, requests, errors, false);
}
