using System.Globalization;
using CanaryAnalyzer.Testing.Prometheus;

namespace CanaryAnalyzer.Metrics.Tests.Backends;

/// <summary>Samples of the past, under a namespace of their own: time in them is written, not waited for.</summary>
/// <param name="name">The namespace.</param>
internal sealed class Dataset(string name)
{
    /// <summary>The second 0: a whole minute half an hour ago, so that no server takes the samples for too old or too new.</summary>
    public static DateTimeOffset Start { get; } = DateTimeOffset.FromUnixTimeSeconds((DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 60 * 60) - 1800);

    private readonly List<WrittenSeries> _series = [];

    public string Namespace => name;

    public IReadOnlyList<WrittenSeries> Series => _series;

    /// <summary>An instant, in seconds since the start.</summary>
    public static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    /// <summary>A counter with a sample for each value that isn't null, each 10 seconds from an instant on.</summary>
    public Dataset Counter(string labels, double from, params double?[] values)
    {
        var samples = values.Select((value, i) => (At: At(from + (10 * i)).ToUnixTimeMilliseconds(), value)).Where(one => one.value is not null).Select(one => (one.At, one.value!.Value));
        _series.Add(WrittenSeries.Of($"{labels},namespace={name}", samples));
        return this;
    }

    /// <summary>A counter that grows by a step each 10 seconds, from 5 minutes before the start to 5 minutes after it.</summary>
    public Dataset Steady(string labels, double step) => Counter(labels, -300, [.. Enumerable.Range(0, 61).Select(i => (double?)(1000 + (step * i)))]);

    /// <summary>A classic histogram: its cumulative buckets grow by steps each 10 seconds.</summary>
    public Dataset Buckets(string labels, params (string Le, double Step)[] buckets)
    {
        foreach (var (le, step) in buckets) Steady($"__name__=latency_seconds_bucket,{labels},le={le}", step);
        return this;
    }

    /// <summary>A native histogram with a sample each 10 seconds from 5 minutes before the start to 5 minutes after it.</summary>
    public Dataset Native(string labels, Func<int, WrittenHistogram> at)
    {
        var histograms = Enumerable.Range(-30, 61).Select(i => at(i + 31) with { At = At(10 * i).ToUnixTimeMilliseconds() });
        _series.Add(WrittenSeries.Of(string.Create(CultureInfo.InvariantCulture, $"__name__=latency_seconds,{labels},namespace={name}"), []) with { Histograms = [.. histograms] });
        return this;
    }
}
