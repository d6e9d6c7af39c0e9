using CanaryAnalyzer.Core.Analysis.Counting;
using static CanaryAnalyzer.Core.Tests.Analysis.Counting.CountingData;

namespace CanaryAnalyzer.Core.Tests.Analysis.Counting;

/// <summary>Errors that are counted elsewhere than the requests they belong to.</summary>
public class ErrorPlacesTests
{
    private static readonly double?[] Hundred = [.. Enumerable.Range(0, 7).Select(i => (double?)(100 * i))];
    private static readonly double?[] Twenty = [.. Enumerable.Range(0, 7).Select(i => (double?)(20 * i))];
    private static readonly double?[] One = [.. Enumerable.Range(0, 7).Select(i => (double?)i)];

    [Theory]
    [InlineData("namespace=c,pod=web-1", "namespace=c,pod=gw-0", "errors are counted on c/gw-0, requests on c/web-1")]
    [InlineData("namespace=c,pod=web-1", "pod=web-1", "errors are counted on web-1, requests on c/web-1")]
    [InlineData("namespace=c,pod=web-1", "namespace=c", "errors are counted on no pod or instance, requests on c/web-1")]
    [InlineData("namespace=c", "namespace=c,instance=10.0.0.1:80", "errors are counted on 10.0.0.1:80, requests on no pod or instance")]
    public void Errors_on_other_targets_are_summed_over_the_side(string requests, string errors, string remark)
    {
        var series = new MeasureSeries.Errors(Table(Series(requests, 0, 10 * Second, Hundred)), Table(Series(errors, 0, 10 * Second, Twenty)), SteadyStable(), SeriesTable.Empty);

        var look = LookCounting.Count(series, Look(60 * Second, accepted: 30 * Second));

        var interval = Assert.Single(look.Intervals);
        Assert.Equal((300, 60), (interval.Counts.Canary.Requests, interval.Counts.Canary.Errors));
        Assert.StartsWith("canary: " + remark, look.Remark, StringComparison.Ordinal);
        Assert.DoesNotContain(interval.Targets, target => target.IsCanary);
    }

    [Fact]
    public void Limit_counts_errors_on_other_targets_too()
    {
        var series = new MeasureSeries.Limit(Table(Series("pod=web-1", 0, 10 * Second, Hundred)), Table(Series("pod=gw-0", 0, 10 * Second, Twenty)));

        var counts = Assert.Single(LookCounting.Count(series, Look(60 * Second, accepted: 30 * Second)).Intervals).Counts;

        Assert.Equal((300, 60), (counts.Canary.Requests, counts.Canary.Errors));
    }

    [Fact]
    public void Stable_pods_whose_errors_are_counted_elsewhere_have_no_halves()
    {
        var pods = Enumerable.Range(0, 8).Select(i => Series($"pod=s-{i}", 0, 10 * Second, Hundred)).ToArray();
        var gateway = Table(Series("pod=gw-0", 0, 10 * Second, Twenty), Series("pod=gw-1", 0, 10 * Second, Twenty));
        var series = new MeasureSeries.Errors(Table(Series("pod=c", 0, 10 * Second, Hundred)), SeriesTable.Empty, Table(pods), gateway);

        var counts = Assert.Single(LookCounting.Count(series, Look(60 * Second, accepted: 30 * Second)).Intervals).Counts;

        Assert.Equal((2400, 120, 0), (counts.StableA.Requests, counts.StableA.Errors, counts.StableB.Requests));
    }

    [Fact]
    public void Errors_of_strata_that_requests_lack_are_refused()
    {
        var series = new MeasureSeries.Errors(Table(Series("pod=web-1,route=a", 0, 10 * Second, Hundred)), Table(Series("pod=gw-0", 0, 10 * Second, Twenty)), Table(Series("pod=s,route=a", 0, 10 * Second, Hundred)), SeriesTable.Empty) { By = ["route"] };

        var look = LookCounting.Count(series, Look(60 * Second, accepted: 30 * Second));

        Assert.Equal((CountingFlaw.MoreErrorsThanRequests, 0), (look.Flaw, look.Intervals.Length));
        Assert.EndsWith("the errors on gw-0", look.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Counter_of_errors_that_stays_0_where_no_requests_are_is_no_other_place()
    {
        var series = new MeasureSeries.Errors(
            Table(Series("pod=web-1", 0, 10 * Second, Hundred)), Table(Series("pod=web-1", 0, 10 * Second, One), Series("pod=web-2", 0, 10 * Second, 0, 0, 0, 0, 0, 0, 0)), SteadyStable(), SeriesTable.Empty);

        var look = LookCounting.Count(series, Look(60 * Second, accepted: 30 * Second));

        Assert.Equal("", look.Remark);
        Assert.Contains(new TargetCounts(true, "web-1", 300, 3), Assert.Single(look.Intervals).Targets);
    }

    [Fact]
    public void First_errors_of_a_gateway_that_was_there_count_from_0()
    {
        var errors = Table(Series("pod=gw-0", 40 * Second, 10 * Second, 5, 9, 12));
        var series = new MeasureSeries.Errors(Table(Series("pod=web-1", -120 * Second, 10 * Second, [.. Enumerable.Range(0, 19).Select(i => (double?)(100 * i))])), errors, SteadyStable(), SeriesTable.Empty);

        var counts = Assert.Single(LookCounting.Count(series, Look(60 * Second, accepted: 30 * Second)).Intervals).Counts;

        Assert.Equal((300, 12), (counts.Canary.Requests, counts.Canary.Errors));
    }
}
