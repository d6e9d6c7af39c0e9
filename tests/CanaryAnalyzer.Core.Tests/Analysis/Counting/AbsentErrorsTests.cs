using CanaryAnalyzer.Core.Analysis.Counting;
using static CanaryAnalyzer.Core.Tests.Analysis.Counting.CountingData;

namespace CanaryAnalyzer.Core.Tests.Analysis.Counting;

/// <summary>A canary without any series of the errors, where they are a metric of their own.</summary>
public class AbsentErrorsTests
{
    [Theory]
    [InlineData(1000, 1000, 5000, true)]
    [InlineData(1000, 1000, 500, false)]
    [InlineData(100_000, 1000, 5000, false)] // An incident is over: what stable fails now counts.
    [InlineData(0, 0, 5000, false)]
    public void None_is_plausible_where_stables_rate_promises_few(double failedBefore, double failedLately, double canary, bool isHidden)
    {
        var stable = Table(Series("pod=s", 0, 10 * Second, 100_000, 200_000));
        var errors = failedBefore + failedLately == 0 ? SeriesTable.Empty : Table(Series("pod=s", 0, 10 * Second, failedBefore, failedBefore + (failedBefore > 10_000 ? 1 : failedLately)));

        Assert.Equal(isHidden, AbsentErrors.Implausible(Table(Series("pod=c", 0, 10 * Second, 0, canary)), stable, errors) is not null);
    }

    [Theory]
    [InlineData("pod=s-1", true)]
    [InlineData("pod=other", false)]
    public void Counter_that_stable_has_at_0_is_made_with_the_pod(string second, bool isHidden)
    {
        var stable = Table(Series("pod=s-0", 0, 10 * Second, 0, 100), Series("pod=s-1", 0, 10 * Second, 0, 100));
        var errors = Table(Series("pod=s-0", 0, 10 * Second, 0, 0), Series(second, 0, 10 * Second, 1, 1));

        Assert.Equal(isHidden, AbsentErrors.Implausible(Table(Series("pod=c", 0, 10 * Second, 0, 100)), stable, errors) is not null);
    }
}
