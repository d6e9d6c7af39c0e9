using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Planning;

namespace CanaryAnalyzer.Core.Tests.Planning;

public sealed class PauseForecasterTests
{
    private static readonly TimeSpan History = TimeSpan.FromMinutes(15);

    private static readonly JudgeOptions Errors = new() { Measures = [new MeasureOptions { Name = "errors", Kind = MeasureKind.ErrorRate }] };

    private static readonly JudgeOptions Latency = new() { Measures = [new MeasureOptions { Name = "latency", Kind = MeasureKind.Latency }] };

    [Fact]
    public void Much_traffic_promotes_a_good_canary_at_the_earliest_moment_and_finds_small_harm()
    {
        var forecast = PauseForecaster.Of(Errors, History, new TrafficAssumption { RequestsPerSecond = 1000 }, 0.1);

        Assert.True(forecast.Promoted > 0.95, $"promoted {forecast.Promoted}");
        Assert.True(forecast.RolledBack < 0.02, $"rolled back {forecast.RolledBack}");
        Assert.Equal(TimeSpan.FromMinutes(5), forecast.PromotedAfter);
        Assert.InRange(forecast.SmallestRatio!.Value, 1.4, 1.6);
        Assert.All(forecast.Measures[0].Found, found => Assert.NotNull(found.After), throwIfEmpty: true);
    }

    [Fact]
    public void Larger_harm_is_never_found_later()
    {
        var forecast = PauseForecaster.Of(Errors, History, new TrafficAssumption { RequestsPerSecond = 50 }, 0.2);

        var times = forecast.Measures[0].Found.Select(found => found.After ?? TimeSpan.MaxValue).ToList();
        Assert.Equal(times.OrderDescending(), times);
        Assert.True(times[^1] >= 2 * Errors.Interval, "one interval alone never convicts");
    }

    [Fact]
    public void Little_traffic_promotes_nothing_and_says_why()
    {
        var forecast = PauseForecaster.Of(Errors, History, new TrafficAssumption { RequestsPerSecond = 1 }, 0.1);

        Assert.Equal(0, forecast.Promoted);
        Assert.Null(forecast.PromotedAfter);
        Assert.Equal(VerdictReason.TooLittleTraffic, forecast.UndecidedBecause);
        Assert.True(forecast.ShownSafeAfter is null || forecast.ShownSafeAfter > forecast.Deadline);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void No_requests_decide_nothing(double canaryShare)
    {
        var forecast = PauseForecaster.Of(Errors, History, new TrafficAssumption { RequestsPerSecond = canaryShare == 0 ? 100 : 0 }, canaryShare);

        Assert.Equal(0, forecast.Promoted);
        Assert.Equal(0, forecast.RolledBack);
        Assert.Null(forecast.SmallestRatio);
    }

    [Fact]
    public void At_the_end_means_at_the_end()
    {
        var soak = Errors with { Promote = PromoteWhen.AtEnd };

        var old = PauseForecaster.Of(soak with { Version = JudgeVersions.Seq1 }, History, new TrafficAssumption { RequestsPerSecond = 1000 }, 0.1);
        var forecast = PauseForecaster.Of(soak, History, new TrafficAssumption { RequestsPerSecond = 1000 }, 0.1);

        Assert.Equal(TimeSpan.FromMinutes(30), forecast.PromotedAfter);

        // Safety is tested at the end alone; evidence of it is gathered at every look.
        Assert.Equal(TimeSpan.FromMinutes(30), forecast.ShownSafeAfter);
        Assert.True(old.ShownSafeAfter < TimeSpan.FromMinutes(5), $"shown safe after {old.ShownSafeAfter}");
    }

    [Fact]
    public void Same_question_gets_the_same_answer()
    {
        var traffic = new TrafficAssumption { RequestsPerSecond = 30 };

        var (one, other) = (PauseForecaster.Of(Errors, History, traffic, 0.2), PauseForecaster.Of(Errors, History, traffic, 0.2));

        Assert.Equal((one.Promoted, one.PromotedAfter, one.SmallestRatio), (other.Promoted, other.PromotedAfter, other.SmallestRatio));
    }

    [Fact]
    public void Buckets_around_the_quantiles_are_fine_enough()
    {
        var forecast = PauseForecaster.Of(Latency, History, new TrafficAssumption { RequestsPerSecond = 200 }, 0.2);

        var measure = Assert.Single(forecast.Measures);
        Assert.False(measure.IsTooCoarse, string.Join("; ", measure.Bounds));
        Assert.True(forecast.Promoted > 0.8, $"promoted {forecast.Promoted}");
    }

    [Fact]
    public void Bounds_far_beyond_the_responses_are_too_coarse()
    {
        ImmutableArray<double> bounds = [1, 10];
        var traffic = new TrafficAssumption { RequestsPerSecond = 200, Bounds = bounds, Shares = TrafficAssumption.LogNormal(bounds, 0.1) };

        var forecast = PauseForecaster.Of(Latency, History, traffic, 0.2);

        Assert.True(forecast.Measures[0].IsTooCoarse);
    }

    [Fact]
    public void Bounds_that_are_asked_for_are_told_with_where_they_are_watched()
    {
        var traffic = new TrafficAssumption { RequestsPerSecond = 200 };
        var options = Latency with { Measures = [Latency.Measures[0] with { Tails = [], Bounds = [0.2, 0.5, 30] }] };

        var measure = Assert.Single(PauseForecaster.Of(options, History, traffic, 0.2).Measures);

        Assert.Equal([0.25, 0.5, null], measure.Asked.Select(bound => bound.Bound));
        Assert.Equal(0.25, Assert.Single(measure.Bounds).Bound);
        Assert.False(measure.IsTooCoarse);
        Assert.True(PauseForecaster.Of(options with { Measures = [options.Measures[0] with { Bounds = [30] }] }, History, traffic, 0.2).Measures[0].IsTooCoarse);
    }

    [Fact]
    public void Latency_that_promotion_does_not_need_may_be_coarse()
    {
        var options = Errors with { Measures = [.. Errors.Measures, Latency.Measures[0] with { Required = false }] };

        var forecast = PauseForecaster.Of(options, History, new TrafficAssumption { RequestsPerSecond = 200 }, 0.2);

        Assert.False(forecast.Measures[1].IsTooCoarse);
        Assert.Equal(forecast.Measures[0].SmallestRatio, forecast.SmallestRatio);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Pause_shorter_than_a_look_decides_nothing(int seconds)
    {
        var forecast = PauseForecaster.Of(Errors with { MaxDuration = TimeSpan.FromSeconds(seconds) }, History, new TrafficAssumption { RequestsPerSecond = 100 }, 0.2);

        Assert.Equal(0, forecast.Promoted);
        Assert.NotEmpty(forecast.Measures);
    }

    [Fact]
    public void Measures_that_no_traffic_tells_of_are_left_out_with_their_part_of_the_risk()
    {
        var options = Errors with { Measures = [.. Errors.Measures, new MeasureOptions { Name = "memory", Kind = MeasureKind.Series, Required = false }] };

        var forecast = PauseForecaster.Of(options, History, new TrafficAssumption { RequestsPerSecond = 100 }, 0.2);
        var alone = PauseForecaster.Of(Errors, History, new TrafficAssumption { RequestsPerSecond = 100 }, 0.2);

        Assert.Equal(["errors"], forecast.Measures.Select(measure => measure.Name));
        Assert.True(forecast.SmallestRatio >= alone.SmallestRatio);
    }

    [Fact]
    public void Log_normal_shares_are_a_distribution_around_the_median()
    {
        var shares = TrafficAssumption.LogNormal([0.05, 0.1, 0.2], 0.1);

        Assert.Equal(1, shares.Sum(), 12);
        Assert.Equal(0.5, shares[0] + shares[1], 12);
    }
}
