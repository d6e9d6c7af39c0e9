using CanaryAnalyzer.Core.Backtests.Results;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Tests.Backtests;

public sealed class ProportionTests
{
    /// <summary>From R 4.2: <c>binom.test(x, n)$conf.int</c>.</summary>
    [Theory]
    [InlineData(0, 10, 0, 0.3084971)]
    [InlineData(3, 20, 0.03207094, 0.3789268)]
    [InlineData(10, 10, 0.6915029, 1)]
    [InlineData(1, 1000, 0.0000253176, 0.005558924)]
    public void Exact_interval_is_that_of_Clopper_and_Pearson(double count, double of, double low, double high)
    {
        var interval = BinomialInterval.ClopperPearson(count, of);
        Assert.Equal(low, interval.Low, 6);
        Assert.Equal(high, interval.High, 6);
    }

    [Fact]
    public void Nothing_tried_tells_nothing() => Assert.Equal((0, 1), BinomialInterval.ClopperPearson(0, 0));

    [Fact]
    public void Splits_that_always_agree_count_as_one_trial_a_window()
    {
        List<(int, int)> windows = [.. Enumerable.Range(0, 100).Select(i => (i < 10 ? 4 : 0, 4))];
        var clustered = Proportion.Clustered(windows);
        var alone = Proportion.Independent(10, 100);
        Assert.Equal(alone.Rate, clustered.Rate, 12);
        Assert.Equal(alone.Low, clustered.Low, 2);
        Assert.Equal(alone.High, clustered.High, 2);
    }

    [Fact]
    public void Splits_that_are_independent_count_nearly_in_full()
    {
        List<(int, int)> windows = [.. Enumerable.Range(0, 100).Select(i => (i < 40 ? 1 : 0, 4))];
        var clustered = Proportion.Clustered(windows);
        Assert.Equal(Proportion.Independent(40, 400), clustered);
    }

    [Fact]
    public void No_alarm_at_all_is_no_more_certain_for_more_splits() =>
        Assert.Equal(Proportion.Independent(0, 50).High, Proportion.Clustered([.. Enumerable.Range(0, 50).Select(_ => (0, 8))]).High);
}
