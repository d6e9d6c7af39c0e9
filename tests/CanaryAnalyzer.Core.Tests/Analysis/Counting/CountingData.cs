using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;

namespace CanaryAnalyzer.Core.Tests.Analysis.Counting;

/// <summary>Series as Prometheus would return them.</summary>
internal static class CountingData
{
    public const long Second = 1000;

    /// <summary>A series of <c>name{a="b",c="d"}</c> with a sample for each value that isn't null, beginning at an instant and a step apart.</summary>
    public static RawSeries Series(string labels, long start, long step, params double?[] values) =>
        new(Labels(labels), [.. values.Select((value, i) => (value, At: start + (i * step))).Where(one => one.value is not null).Select(one => new RawSample(one.At, one.value!.Value))]);

    public static SeriesTable Table(params RawSeries[] series) => SeriesTable.Of(series);

    /// <summary>A stable side that counts 10 requests a second without errors, scraped each second for a quarter of an hour.</summary>
    public static SeriesTable SteadyStable() => Table(Series("pod=stable-a", -900 * Second, Second, [.. Enumerable.Range(0, 1800).Select(i => (double?)(1000 + (10 * i)))]));

    public static MeasureSeries.Errors Requests(SeriesTable canary, SeriesTable? errors = null, SeriesTable? stable = null) =>
        new(canary, errors ?? SeriesTable.Empty, stable ?? SteadyStable(), SeriesTable.Empty);

    public static LookWindow Look(long at, long? accepted, long interval = 30 * Second, long scrape = 10 * Second, params long[] cuts) =>
        new() { At = at, Accepted = accepted, Interval = interval, ScrapeInterval = scrape, Cuts = [.. cuts] };

    private static ImmutableDictionary<string, string> Labels(string labels) =>
        labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(label => label.Split('=', 2)).ToImmutableDictionary(pair => pair[0], pair => pair[1]);
}
