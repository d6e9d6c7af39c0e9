using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Metrics.Prometheus;
using CanaryAnalyzer.Testing.Prometheus;

namespace CanaryAnalyzer.Metrics.Tests.Compare;

public class LookCostTests
{
    [Fact]
    public void Look_at_two_hundred_pods_with_twenty_buckets_stays_below_20_MB()
    {
        const long Most = 20_000_000;
        var answer = LargeAnswer.Buckets(200, buckets: 20, samples: 23);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var series = PrometheusAnswerReader.Read(answer).Answer!.Series;
        var both = new MeasureSeries.Buckets(SeriesTable.Of(series.Where(one => one.Label("pod").EndsWith('0'))), SeriesTable.Of(series.Where(one => !one.Label("pod").EndsWith('0'))));
        var look = LookCounting.Count(both, new LookWindow { At = LargeAnswer.At + 1000, Accepted = LargeAnswer.At - 29_000, Interval = 30_000, ScrapeInterval = both.ScrapeInterval()!.Value });

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{allocated / 1000} kB for {answer.Length / 1000} kB of JSON");
        Assert.Equal((CountingFlaw.None, 20 * 2 * 20), (look.Flaw, Assert.Single(look.Intervals).Counts.Canary.Requests));
        Assert.InRange(allocated, 0, Most);
    }
}
