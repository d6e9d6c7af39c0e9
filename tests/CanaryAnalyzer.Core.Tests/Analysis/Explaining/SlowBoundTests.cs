using CanaryAnalyzer.Core.Analysis.Explaining;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Tests.Analysis.Explaining;

public class SlowBoundTests
{
    [Fact]
    public void Slow_is_what_the_slowest_hundredth_of_stable_is() =>
        Assert.Equal(0.5, SlowBound.Of([SideCounts.OfBuckets([250, 240, 5, 5]), SideCounts.OfBuckets([250, 240, 5, 5])], [0.1, 0.2, 0.5]));

    [Fact]
    public void Few_requests_coarse_buckets_and_errors_have_no_bound()
    {
        Assert.Null(SlowBound.Of([SideCounts.OfBuckets([50, 48, 1, 1])], [0.1, 0.2, 0.5]));
        Assert.Null(SlowBound.Of([SideCounts.OfBuckets([500, 500])], [0.1]));
        Assert.Null(SlowBound.Of([SideCounts.OfErrors(5000, 50)], []));
        Assert.Null(SlowBound.Of([], [0.1]));
    }
}
