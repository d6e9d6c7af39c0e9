using BenchmarkDotNet.Attributes;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Metrics.Prometheus;
using CanaryAnalyzer.Testing.Prometheus;

namespace CanaryAnalyzer.Benchmarks;

/// <summary>From Prometheus' answer to the counts of one look, for a histogram of 200 pods with 20 buckets, and the samples of five minutes and a half.</summary>
[MemoryDiagnoser]
public class CountingBenchmarks
{
    private const int Pods = 200;
    private readonly byte[] _answer = LargeAnswer.Buckets(Pods, buckets: 20, samples: 23);

    [Benchmark(Description = "read the answer of 200 pods with 20 buckets")]
    public int Read() => PrometheusAnswerReader.Read(_answer).Answer!.Series.Length;

    [Benchmark(Description = "read it and count one look")]
    public CountedLook ReadAndCount()
    {
        var series = PrometheusAnswerReader.Read(_answer).Answer!.Series;
        var canary = series.Where(one => one.Label("pod").EndsWith('0')).ToList();
        var stable = series.Where(one => !one.Label("pod").EndsWith('0')).ToList();
        var both = new MeasureSeries.Buckets(SeriesTable.Of(canary), SeriesTable.Of(stable));
        return LookCounting.Count(both, new LookWindow { At = LargeAnswer.At, Accepted = LargeAnswer.At - 30_000, Interval = 30_000, ScrapeInterval = both.ScrapeInterval()!.Value });
    }
}
