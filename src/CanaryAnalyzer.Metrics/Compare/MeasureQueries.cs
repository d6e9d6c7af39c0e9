using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Templates.Selectors;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>What a measure asks for.</summary>
internal static class MeasureQueries
{
    /// <summary>The selector by which people know the measure's series.</summary>
    public static SeriesSelector Primary(MeasureSpec measure) => measure switch
    {
        MeasureSpec.ErrorRate errors => errors.Requests,
        MeasureSpec.Latency latency => latency.Histogram.WithSuffix("_bucket"),
        MeasureSpec.Limit limit => limit.Requests,
        MeasureSpec.Traffic traffic => traffic.Requests,
        MeasureSpec.Series series => Parse(series).Selectors[0],
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    /// <summary>The selector whose series show that a side is there, whatever kind of histogram it has.</summary>
    public static SeriesSelector Presence(MeasureSpec measure) => measure is MeasureSpec.Latency latency ? latency.Histogram.WithOrWithoutSuffix("_bucket") : Primary(measure);

    /// <summary>The query of a series, which was looked through when the template was read.</summary>
    public static SeriesQuery Parse(MeasureSpec.Series series) =>
        SeriesQuery.TryParse(series.Query, out var error) ?? throw new ArgumentException(error, nameof(series));

    /// <summary>The queries without their range, for people.</summary>
    public static IEnumerable<string> Describe(MeasureSpec measure, Sides sides) => measure switch
    {
        MeasureSpec.ErrorRate errors => Counters(sides, errors.Requests, errors.Errors),
        MeasureSpec.Limit limit when sides.CommonLabel is null => [limit.Requests.With(sides.Canary).ToString(), limit.Errors.With(sides.Canary).ToString()],
        MeasureSpec.Limit limit => Counters(sides, limit.Requests, limit.Errors),
        MeasureSpec.Series series => [Parse(series).With(sides.Canary), Parse(series).With(sides.Stable)],
        _ => Counters(sides, Primary(measure)),
    };

    private static IEnumerable<string> Counters(Sides sides, params IEnumerable<SeriesSelector> selectors) =>
        sides.CommonLabel is { } label
            ? selectors.Select(selector => selector.With([sides.Together(label)]).ToString())
            : selectors.SelectMany(selector => new[] { selector.With(sides.Canary).ToString(), selector.With(sides.Stable).ToString() });
}
