using System.Collections.Immutable;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Templates.Selectors;

namespace CanaryAnalyzer.Cli.Backtesting;

/// <summary>Which measures of a comparison are replayed, and which series they need.</summary>
/// <param name="Spec">The comparison with those measures alone.</param>
/// <param name="Selectors">The series: requests and errors, or buckets, of each measure in turn.</param>
/// <param name="LeftOut">Why the others aren't replayed.</param>
internal sealed record BacktestSelectors(CompareSpec Spec, ImmutableArray<ImmutableArray<SeriesSelector>> Selectors, ImmutableArray<string> LeftOut)
{
    /// <summary>All series in one list, in the order of the measures.</summary>
    public ImmutableArray<SeriesSelector> All => [.. Selectors.SelectMany(one => one)];

    public static BacktestSelectors Of(CompareSpec spec, ImmutableArray<LabelMatcher> pods)
    {
        var kept = spec.Measures.Where(measure => SeriesOf(measure) is not null).ToImmutableArray();
        var leftOut = spec.Measures.Where(measure => SeriesOf(measure) is null)
            .Select(measure => measure is MeasureSpec.Traffic
                ? $"{measure.Name} is left out: pods of one version have no weight to compare their traffic with"
                : $"{measure.Name} is left out: the values of a query are not counted in a backtest");
        var merged = kept.Where(measure => !measure.By.IsEmpty).Select(measure => $"{measure.Name} is replayed with the values of {string.Join(", ", measure.By)} taken together");
        return new BacktestSelectors(
            spec with { Measures = kept },
            [.. kept.Select(measure => SeriesOf(measure)!.Value.Select(selector => selector.With(pods)).ToImmutableArray())],
            [.. leftOut, .. merged]);
    }

    private static ImmutableArray<SeriesSelector>? SeriesOf(MeasureSpec measure) => measure switch
    {
        MeasureSpec.ErrorRate one => [one.Requests, one.Errors],
        MeasureSpec.Limit one => [one.Requests, one.Errors],
        MeasureSpec.Latency one => [one.Histogram.WithSuffix("_bucket")],
        _ => null,
    };
}
