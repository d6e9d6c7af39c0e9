using System.Collections.Immutable;

namespace CanaryAnalyzer.Testing.Prometheus;

/// <summary>A series to write into a backend.</summary>
/// <param name="Labels">Its labels, <c>__name__</c> among them.</param>
/// <param name="Samples">Its samples, in milliseconds since 1970.</param>
public sealed record WrittenSeries(ImmutableSortedDictionary<string, string> Labels, ImmutableArray<(long At, double Value)> Samples)
{
    /// <summary>The value that marks a series' end: https://github.com/prometheus/prometheus/blob/main/model/value/value.go</summary>
    public static double Stale { get; } = BitConverter.Int64BitsToDouble(0x7ff0000000000002);

    /// <summary>Native histograms in place of samples.</summary>
    public ImmutableArray<WrittenHistogram> Histograms { get; init; } = [];

    /// <summary>A series from its labels as text, <c>__name__=requests,pod=a</c>.</summary>
    public static WrittenSeries Of(string labels, IEnumerable<(long At, double Value)> samples) =>
        new(labels.Split(',').Select(label => label.Split('=', 2)).ToImmutableSortedDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal), [.. samples]);
}
