using System.Collections.Immutable;
using System.Globalization;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Cli.Judging;

/// <summary>The looks of a scenario that has raw counters alone: they are counted as samples of a Prometheus are.</summary>
internal static class CountedLooks
{
    public static IEnumerable<ImmutableArray<MeasureCounts?>> Of(Scenario scenario)
    {
        var (canary, stable) = (scenario.Document.Counted!.Canary!, scenario.Document.Counted.Stable!);
        var interval = (long)scenario.Interval.TotalMilliseconds;
        var errors = new MeasureSeries.Errors(
            Table(canary, interval, s => s.Requests), Table(canary, interval, s => s.Errors), Table(stable, interval, s => s.Requests), Table(stable, interval, s => s.Errors));
        var latency = new MeasureSeries.Buckets(BucketTable(canary, interval, scenario.Bounds), BucketTable(stable, interval, scenario.Bounds));
        long? ofErrors = null, ofLatency = null;
        var halves = StableHalves.None;
        for (var t = 0; t <= scenario.Document.Intervals; t++)
        {
            var window = new LookWindow { At = t * interval, Interval = interval, ScrapeInterval = interval };
            var errorLook = LookCounting.Count(errors, window with { Accepted = ofErrors, Halves = halves });
            halves = errorLook.Intervals is [.., var last] ? last.Halves : halves;
            var latencyLook = LookCounting.Count(latency, window with { Accepted = ofLatency, Halves = halves });
            (ofErrors, ofLatency) = (errorLook.Accepted, latencyLook.Accepted);
            if (t > 0)
                yield return [errorLook.Intervals.FirstOrDefault()?.Counts, latencyLook.Intervals.FirstOrDefault()?.Counts];
        }
    }

    private static SeriesTable Table(ScenarioDocument.Pod?[] pods, long interval, Func<ScenarioDocument.Sample, double> value) =>
        SeriesTable.Of(pods.Select(pod => Series(pod!, interval, null, value)));

    private static SeriesTable BucketTable(ScenarioDocument.Pod?[] pods, long interval, ImmutableArray<double> bounds) =>
        SeriesTable.Of(pods.SelectMany(pod => Enumerable.Range(0, bounds.Length + 1).Select(b => Series(pod!, interval, Label(bounds, b), s => s.Le![b]))));

    private static string Label(ImmutableArray<double> bounds, int bucket) => bucket < bounds.Length ? bounds[bucket].ToString("R", CultureInfo.InvariantCulture) : "+Inf";

    private static RawSeries Series(ScenarioDocument.Pod pod, long interval, string? bound, Func<ScenarioDocument.Sample, double> value)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["pod"] = pod.Name! };
        if (bound is not null)
            labels["le"] = bound;
        var samples = ImmutableArray.CreateBuilder<RawSample>(pod.Samples!.Length);
        for (var t = 0; t < pod.Samples.Length; t++)
        {
            if (pod.Samples[t] is { } sample)
                samples.Add(new RawSample(t * interval, value(sample)));
        }

        return new RawSeries(labels, samples.ToImmutable());
    }
}
