using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Backtests;
using CanaryAnalyzer.Core.Backtests.Injections;

namespace CanaryAnalyzer.Core.Tests.Backtests;

public sealed class InjectionTests
{
    private static readonly ImmutableArray<double> Bounds = [0.1, 0.2, 0.4, 0.8];
    private static readonly SideCounts Stable = SideCounts.OfErrors(9000, 90);

    [Theory]
    [InlineData(1.5, 0)]
    [InlineData(3, 0)]
    [InlineData(1, 0.01)]
    public void Errors_become_as_many_as_wanted_on_average_and_requests_stay(double times, double more)
    {
        var draws = Draws.Of(1);
        var counts = new MeasureCounts(SideCounts.OfErrors(1000, 10), Stable, SideCounts.None);
        var after = Enumerable.Range(0, 2000).Select(_ => new Injection.Errors(times, more).Apply(counts, draws)).ToList();
        Assert.All(after, one => Assert.Equal((1000, Stable), (one.Canary.Requests, one.StableA)));
        Assert.Equal((10 * times) + (1000 * more), after.Average(one => one.Canary.Errors), 0.3);
    }

    [Fact]
    public void Harm_never_makes_more_errors_than_requests()
    {
        var counts = new MeasureCounts(SideCounts.OfErrors(50, 40), SideCounts.OfErrors(100, 90), SideCounts.None);
        Assert.Equal(50, new Injection.Errors(10, 0).Apply(counts, Draws.Of(1)).Canary.Errors);
        Assert.Equal(0, new Injection.Errors(10, 0).Apply(new MeasureCounts(SideCounts.None, SideCounts.None, SideCounts.None), Draws.Of(1)).Canary.Errors);
    }

    [Fact]
    public void Twice_as_slow_moves_every_request_into_the_next_bucket_of_doubling_bounds()
    {
        var counts = Latency(100, 200, 300, 400, 7);
        Assert.Equal([0, 100, 200, 300, 407], new Injection.Slower(2).Apply(counts, Draws.Of(1)).Canary.Buckets);
    }

    [Fact]
    public void Slower_by_half_moves_the_logarithms_share()
    {
        var moved = BucketShift.Stretched([1, 0, 0, 0, 0], Bounds, 1.5);
        var share = Math.Log(1.5) / Math.Log(2);
        Assert.Equal(1 - share, moved[0], 12);
        Assert.Equal(share, moved[1], 12);
        var draws = Draws.Of(2);
        Assert.Equal(1000 * share, Enumerable.Range(0, 2000).Average(_ => new Injection.Slower(1.5).Apply(Latency(1000, 0, 0, 0, 0), draws).Canary.Buckets[1]), 2.0);
    }

    [Theory]
    [InlineData(1.1)]
    [InlineData(1.7)]
    [InlineData(50)]
    public void No_request_is_lost_or_made_faster(double times)
    {
        var before = Latency(123, 456, 789, 12, 3);
        var after = new Injection.Slower(times).Apply(before, Draws.Of(5)).Canary;
        Assert.Equal(before.Canary.Requests, after.Requests);
        for (var b = 0; b < 5; b++) Assert.True(after.Buckets.Take(b + 1).Sum() <= before.Canary.Buckets.Take(b + 1).Sum());
    }

    [Fact]
    public void Hanging_tail_is_a_hundredth_of_the_requests()
    {
        var after = new Injection.SlowTail(0.01, 4).Apply(Latency(100_000, 0, 0, 0, 0), Draws.Of(1)).Canary.Buckets;
        Assert.Equal(100_000, after.Sum());
        Assert.InRange(after[2], 850, 1150);
    }

    [Fact]
    public void Harmful_is_what_lies_beyond_the_margin()
    {
        var options = BacktestData.Options(BacktestData.Errors);
        ImmutableArray<TypicalCounts> typical = [new([], [100_000, 1000])];
        Assert.False(InjectedHarm.IsHarmful(new Injection.Errors(1.5, 0), options, typical));
        Assert.True(InjectedHarm.IsHarmful(new Injection.Errors(2, 0), options, typical));
        Assert.True(InjectedHarm.IsHarmful(new Injection.Errors(1, 0.01), options, typical));
        Assert.False(InjectedHarm.IsHarmful(new Injection.Slower(2), options, typical));
    }

    [Fact]
    public void Harm_above_a_bound_that_is_asked_for_counts_as_harmful()
    {
        // 10 % over 0.4 s, 2 % over 0.8 s; half as slow again moves 0.58 of a bucket: 5.7 % over 0.8 s, and 26 % over 0.4 s.
        ImmutableArray<TypicalCounts> typical = [new(Bounds, [2000, 4000, 3000, 800, 200])];
        JudgeOptions Asking(params double[] bounds) => BacktestData.Options(BacktestData.Latency with { Tails = [], Bounds = [.. bounds] });
        Assert.True(InjectedHarm.IsHarmful(new Injection.Slower(1.5), Asking(0.4), typical));
        Assert.True(InjectedHarm.IsHarmful(new Injection.Slower(1.5), Asking(0.3), typical));
        Assert.False(InjectedHarm.IsHarmful(new Injection.Slower(1.05), Asking(0.4), typical));
        Assert.False(InjectedHarm.IsHarmful(new Injection.Slower(1.5), Asking(9), typical));

        Assert.Equal([(0.3, 0.4, 0.1), (0.8, 0.8, 0.02), (9, null, null)], typical[0].Figures([0.3, 0.8, 9]).Select(one => (one.Asked, one.Bound, one.Share is { } share ? Math.Round(share, 9) : (double?)null)));
        Assert.Empty(new TypicalCounts([], [100, 1]).Figures([0.3]));
        Assert.Empty(new TypicalCounts(Bounds, [0, 0, 0, 0, 0]).Figures([0.3]));
    }

    private static MeasureCounts Latency(params long[] buckets) =>
        new(SideCounts.OfBuckets([.. buckets]), SideCounts.OfBuckets([.. buckets]), SideCounts.None) { BucketBounds = Bounds };
}
