using CanaryAnalyzer.Core.Analysis.Counting;
using static CanaryAnalyzer.Core.Tests.Analysis.Counting.CountingData;

namespace CanaryAnalyzer.Core.Tests.Analysis.Counting;

/// <summary>Targets whose labels change while their counters go on.</summary>
public class RelabelledSeriesTests
{
    [Theory]
    [InlineData("pod=c,code=200", "pod=c,code=200,team=web")]
    [InlineData("pod=c,code=200,role=canary", "pod=c,code=200,role=stable")]
    [InlineData("pod=c,code=200,instance=10.0.0.1:80", "pod=c,code=200,instance=web-1")]
    public void Counters_that_go_on_under_other_labels_go_on(string before, string after)
    {
        var canary = Table(Series(before, 0, 10 * Second, 1000, 1010, 1020, 1030, 1040), Series(after, 50 * Second, 10 * Second, 1050, 1060));

        Assert.Equal(30, Requests(canary, 60, 30));
    }

    [Fact]
    public void Each_counter_goes_on_from_its_own_value()
    {
        var canary = Table(
            Series("pod=c,code=200", 0, 10 * Second, 1000, 1010, 1020, 1030, 1040), Series("pod=c,code=500", 0, 10 * Second, 500, 501, 502, 503, 504),
            Series("pod=c,code=200,team=web", 50 * Second, 10 * Second, 1050, 1060), Series("pod=c,code=500,team=web", 50 * Second, 10 * Second, 505, 506), Series("pod=c,code=404,team=web", 60 * Second, 10 * Second, 7));

        Assert.Equal(30 + 3 + 7, Requests(canary, 60, 30));
    }

    [Fact]
    public void Restart_under_other_labels_counts_from_0()
    {
        var canary = Table(Series("pod=c,code=200", 0, 10 * Second, 1000, 1010, 1020, 1030, 1040), Series("pod=c,code=200,team=web", 50 * Second, 10 * Second, 3, 9));

        Assert.Equal(10 + 9, Requests(canary, 60, 30));
    }

    [Fact]
    public void Series_that_begins_while_others_of_the_target_go_on_counts_from_0()
    {
        var canary = Table(
            Series("pod=c,code=200", 0, 10 * Second, 1000, 1010, 1020, 1030, 1040, 1050, 1060), Series("pod=c,code=404", 0, 10 * Second, 20, 20, 20, 20, 20), Series("pod=c,code=500", 50 * Second, 10 * Second, 22, 24));

        Assert.Equal(30 + 24, Requests(canary, 60, 30));
    }

    [Fact]
    public void Histogram_goes_on_under_other_labels()
    {
        static RawSeries[] Buckets(string labels, long start, params double?[] values) => [.. new[] { "1", "+Inf" }.Select(le => Series($"{labels},le={le}", start, 10 * Second, values))];
        var canary = Table([.. Buckets("pod=c", 0, 1000, 1010, 1020, 1030, 1040), .. Buckets("pod=c,team=web", 50 * Second, 1050, 1060)]);

        var counts = Assert.Single(LookCounting.Count(new MeasureSeries.Buckets(canary, Table(Buckets("pod=s", 0, 1, 2, 3, 4, 5, 6, 7))), Look(60 * Second, accepted: 30 * Second)).Intervals).Counts;

        Assert.Equal([30, 0], counts.Canary.Buckets);
    }

    private static long Requests(SeriesTable canary, long at, long from) =>
        Assert.Single(LookCounting.Count(CountingData.Requests(canary), Look(at * Second, accepted: from * Second)).Intervals).Counts.Canary.Requests;
}
