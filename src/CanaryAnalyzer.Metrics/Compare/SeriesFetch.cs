using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Templates.Selectors;
using CanaryAnalyzer.Metrics.Prometheus;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>Reads the raw samples of one measure.</summary>
internal sealed class SeriesFetch(PrometheusBackend backend, CompareSpec spec)
{
    /// <summary>The selector whose series show that a side is there: requests, or the histogram's buckets.</summary>
    public static SeriesSelector Primary(MeasureSpec measure) => measure switch
    {
        MeasureSpec.ErrorRate errors => errors.Requests,
        MeasureSpec.Latency latency => latency.Histogram.WithSuffix("_bucket"),
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    /// <summary>Both sides' samples of the time before an instant.</summary>
    public async Task<Fetched<MeasureSeries>> BothAsync(MeasureSpec measure, Sides sides, DateTimeOffset at, TimeSpan window, CancellationToken cancellationToken)
    {
        var primary = PairAsync(Primary(measure), sides, at, window, cancellationToken);
        if (measure is not MeasureSpec.ErrorRate errors)
            return (await primary).Then(pair => (MeasureSeries)new MeasureSeries.Buckets(pair.Canary, pair.Stable));
        var secondary = PairAsync(errors.Errors, sides, at, window, cancellationToken);
        var (requests, failures) = (await primary, await secondary);
        return requests.Then(all => failures.Then(bad => (MeasureSeries)new MeasureSeries.Errors(all.Canary, bad.Canary, all.Stable, bad.Stable)));
    }

    /// <summary>The stable side's samples alone, for its past.</summary>
    public async Task<Fetched<MeasureSeries>> StableAsync(MeasureSpec measure, Sides sides, DateTimeOffset at, TimeSpan window, CancellationToken cancellationToken)
    {
        var primary = (await OneAsync(Primary(measure).With(sides.Stable), at, window, cancellationToken)).Then(Table);
        if (measure is not MeasureSpec.ErrorRate errors) return primary.Then(table => (MeasureSeries)new MeasureSeries.Buckets(table, table));
        var secondary = (await OneAsync(errors.Errors.With(sides.Stable), at, window, cancellationToken)).Then(Table);
        return primary.Then(all => secondary.Then(bad => (MeasureSeries)new MeasureSeries.Errors(all, bad, all, bad)));
    }

    /// <summary>The series that are there at an instant, each with its last sample.</summary>
    public async Task<Fetched<ImmutableArray<RawSeries>>> PresentAsync(SeriesSelector selector, DateTimeOffset at, CancellationToken cancellationToken) =>
        Series(await backend.QueryAsync(spec.Connection, selector.ToString(), at, cancellationToken));

    /// <summary>When the newest sample of the stable side was scraped; null where there is none that counts as present.</summary>
    public async Task<Fetched<DateTimeOffset?>> NewestAsync(MeasureSpec measure, Sides sides, DateTimeOffset at, CancellationToken cancellationToken) =>
        Series(await backend.QueryAsync(spec.Connection, $"max(timestamp({Primary(measure).With(sides.Stable)}))", at, cancellationToken))
            .Then(series => series.IsEmpty ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds((long)(series[0].Samples[^1].Value * 1000)));

    /// <summary>The queries without their range, for people.</summary>
    public static IEnumerable<string> Describe(MeasureSpec measure, Sides sides)
    {
        IEnumerable<SeriesSelector> selectors = measure is MeasureSpec.ErrorRate errors ? [errors.Requests, errors.Errors] : [Primary(measure)];
        return sides.CommonLabel is { } label
            ? selectors.Select(selector => selector.With([Together(label, sides)]).ToString())
            : selectors.SelectMany(selector => new[] { selector.With(sides.Canary).ToString(), selector.With(sides.Stable).ToString() });
    }

    private async Task<Fetched<(SeriesTable Canary, SeriesTable Stable)>> PairAsync(SeriesSelector selector, Sides sides, DateTimeOffset at, TimeSpan window, CancellationToken cancellationToken)
    {
        if (sides.CommonLabel is { } label)
        {
            var both = await OneAsync(selector.With([Together(label, sides)]), at, window, cancellationToken);
            return both.Then(all => (Table([.. all.Where(series => series.Label(label) == sides.Canary[0].Value)]), Table([.. all.Where(series => series.Label(label) == sides.Stable[0].Value)])));
        }

        var asked = (OneAsync(selector.With(sides.Canary), at, window, cancellationToken), OneAsync(selector.With(sides.Stable), at, window, cancellationToken));
        var (canary, stable) = (await asked.Item1, await asked.Item2);
        return canary.Then(one => stable.Then(other => (Table(one), Table(other))));
    }

    private async Task<Fetched<ImmutableArray<RawSeries>>> OneAsync(SeriesSelector selector, DateTimeOffset at, TimeSpan window, CancellationToken cancellationToken)
    {
        // Ranges include their first instant in Prometheus 2 and not in 3: a second more is asked for, and counting cuts for itself.
        var milliseconds = (long)Math.Ceiling(window.TotalMilliseconds) + 1000;
        return Series(await backend.QueryAsync(spec.Connection, string.Create(CultureInfo.InvariantCulture, $"{selector}[{milliseconds}ms]"), at, cancellationToken));
    }

    private static Fetched<ImmutableArray<RawSeries>> Series(PrometheusReply reply) => reply switch
    {
        PrometheusReply.Answered { Answer: { HasNativeHistograms: true, Series.IsEmpty: true } } =>
            new Fetched<ImmutableArray<RawSeries>>([], "The series are native histograms, which are not supported yet here: expose classic buckets too", ReplyFailure.Lasting),
        PrometheusReply.Answered answered => new Fetched<ImmutableArray<RawSeries>>(answered.Answer.Series, null, default),
        PrometheusReply.Failed failed => new Fetched<ImmutableArray<RawSeries>>([], failed.Cause, failed.Kind),
        _ => throw new ArgumentOutOfRangeException(nameof(reply)),
    };

    private SeriesTable Table(ImmutableArray<RawSeries> series) => SeriesTable.Of(series, spec.Target);

    private static LabelMatcher Together(string label, Sides sides) =>
        new(label, MatchOperator.Matches, $"{Quoted(sides.Canary[0].Value)}|{Quoted(sides.Stable[0].Value)}");

    /// <summary>The value as an RE2 expression that matches only itself.</summary>
    private static string Quoted(string value)
    {
        var text = new StringBuilder();
        foreach (var letter in value)
        {
            if (@"\.+*?()|[]{}^$".Contains(letter)) text.Append('\\');
            text.Append(letter);
        }

        return text.ToString();
    }
}
