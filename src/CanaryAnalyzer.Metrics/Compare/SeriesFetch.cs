using System.Collections.Immutable;
using System.Globalization;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Templates.Selectors;
using CanaryAnalyzer.Metrics.Prometheus;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>Reads the raw samples of one measure: both sides, and errors among their requests, in one request where that gives exactly the same. Measures that share a selector are asked once.</summary>
internal sealed class SeriesFetch(PrometheusBackend backend, CompareSpec spec)
{
    private readonly Dictionary<string, Task<PrometheusReply>> _asked = new(StringComparer.Ordinal);
    private readonly Dictionary<SideRule, (Sides Of, JoinedSides? Joined)> _joined = [];
    private DateTimeOffset _askedAt;

    /// <summary>Both sides' samples of the time before an instant.</summary>
    /// <param name="measure">What is measured.</param>
    /// <param name="sides">How the sides are told apart.</param>
    /// <param name="at">The instant.</param>
    /// <param name="window">How much time before it to read; of no meaning for a query's values, which are those of one interval.</param>
    /// <param name="share">Traffic: the share that the canary should get.</param>
    /// <param name="memory">What looks before found out about errors without series; what this one finds out is kept there.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<Fetched<MeasureSeries>> BothAsync(MeasureSpec measure, Sides sides, DateTimeOffset at, TimeSpan window, double? share, SightMemory memory, CancellationToken cancellationToken)
    {
        switch (measure)
        {
            case MeasureSpec.ErrorRate errors:
                return await ErrorsAsync(errors, sides, memory, at, window, cancellationToken);
            case MeasureSpec.Latency latency:
                return (await BucketsAsync(latency, sides, at, window, cancellationToken)).Then(one => (MeasureSeries)new MeasureSeries.Buckets(one.Canary, one.Stable) { By = latency.By, Unit = latency.Unit });
            case MeasureSpec.Limit limit:
                return await LimitAsync(limit, sides, memory, at, window, cancellationToken);
            case MeasureSpec.Traffic traffic:
                return (await TablesAsync(traffic.Requests, sides, at, window, cancellationToken)).Then(one => (MeasureSeries)new MeasureSeries.Traffic(one.Canary, one.Stable, share));
            case MeasureSpec.Series series:
                var (canary, stable) = (ValuesAsync(series, sides.Canary, at, 1, cancellationToken), ValuesAsync(series, sides.Stable, at, 1, cancellationToken));
                var (ours, theirs) = (await canary, await stable);
                return ours.Then(one => theirs.Then(other => (MeasureSeries)new MeasureSeries.Values(one, other)));
            default:
                throw new ArgumentOutOfRangeException(nameof(measure));
        }
    }

    private async Task<Fetched<MeasureSeries>> ErrorsAsync(MeasureSpec.ErrorRate errors, Sides sides, SightMemory memory, DateTimeOffset at, TimeSpan window, CancellationToken cancellationToken)
    {
        var (all, bad) = await PairsAsync(errors.Requests, errors.Errors, sides, at, window, cancellationToken);
        if (all.Cause is not null || bad.Cause is not null) return all.Then(_ => bad.Then(_ => default(MeasureSeries)!));
        var question = new ErrorQuestion(errors.Requests, errors.Errors, Without(sides, bad.Value.Canary.IsEmpty, bad.Value.Stable.IsEmpty), bad.Value.Canary.IsEmpty && bad.Value.Stable.IsEmpty)
        {
            Canary = all.Value.Canary,
            Stable = all.Value.Stable,
            StableErrors = bad.Value.Stable,
        };
        var sight = await new HiddenErrors(this, spec.Target, memory).FindAsync(question, at, cancellationToken);
        return new Fetched<MeasureSeries>(
            new MeasureSeries.Errors(all.Value.Canary, bad.Value.Canary, all.Value.Stable, bad.Value.Stable)
            {
                By = errors.By,
                Needed = errors.Errors.NeededOf(errors.Requests).Except(sight.Optional),
                Apart = [.. sides.Canary.Concat(sides.Stable).Select(matcher => matcher.Label)],
                Hidden = sight.Hidden,
                Remark = sight.Remark,
            },
            null,
            default);
    }

    private async Task<Fetched<MeasureSeries>> LimitAsync(MeasureSpec.Limit limit, Sides sides, SightMemory memory, DateTimeOffset at, TimeSpan window, CancellationToken cancellationToken)
    {
        var alone = await CanaryAsync(limit, sides, at, window, cancellationToken);
        if (alone.Cause is not null) return alone.Then(_ => default(MeasureSeries)!);
        var (requests, errors) = alone.Value;
        var question = new ErrorQuestion(limit.Requests, limit.Errors, Without(sides, errors.IsEmpty, ofStable: false), errors.IsEmpty) { Canary = requests };
        var sight = await new HiddenErrors(this, spec.Target, memory).FindAsync(question, at, cancellationToken);
        return new Fetched<MeasureSeries>(new MeasureSeries.Limit(requests, errors) { Needed = limit.Errors.NeededOf(limit.Requests).Except(sight.Optional), Hidden = sight.Hidden, Remark = sight.Remark }, null, default);
    }

    /// <summary>The stable side's samples alone, for its past.</summary>
    public async Task<Fetched<MeasureSeries>> StableAsync(MeasureSpec measure, Sides sides, DateTimeOffset at, TimeSpan window, CancellationToken cancellationToken)
    {
        switch (measure)
        {
            case MeasureSpec.ErrorRate errors:
                return Past(await OneSideAsync(errors.Requests, errors.Errors, sides.Stable, at, window, cancellationToken), errors.Errors.NeededOf(errors.Requests));
            case MeasureSpec.Limit limit:
                return Past(await OneSideAsync(limit.Requests, limit.Errors, sides.Stable, at, window, cancellationToken), limit.Errors.NeededOf(limit.Requests));
            case MeasureSpec.Traffic traffic:
                return (await SideAsync(traffic.Requests, sides.Stable, at, window, cancellationToken)).Then(Table).Then(one => (MeasureSeries)new MeasureSeries.Traffic(one, one, null));
            case MeasureSpec.Latency latency:
                var stable = sides with { Canary = sides.Stable };
                return (await BucketsAsync(latency, stable, at, window, cancellationToken)).Then(one => (MeasureSeries)new MeasureSeries.Buckets(one.Stable, one.Stable) { Unit = latency.Unit });
            case MeasureSpec.Series series:
                var intervals = (int)Math.Ceiling(window / spec.Interval);
                return (await ValuesAsync(series, sides.Stable, at, intervals, cancellationToken)).Then(one => (MeasureSeries)new MeasureSeries.Values(one, one));
            default:
                throw new ArgumentOutOfRangeException(nameof(measure));
        }
    }

    /// <summary>The series that are there at an instant, each with its last sample.</summary>
    public Task<Fetched<ImmutableArray<RawSeries>>> PresentAsync(SeriesSelector selector, DateTimeOffset at, CancellationToken cancellationToken) =>
        PresentAsync(selector.ToString(), at, cancellationToken);

    /// <summary>The series that a query gives at an instant.</summary>
    public async Task<Fetched<ImmutableArray<RawSeries>>> PresentAsync(string query, DateTimeOffset at, CancellationToken cancellationToken) =>
        Series(await OnceAsync(query, at, text => backend.QueryAsync(spec.Connection, text, at, cancellationToken)));

    /// <summary>When the newest sample of the stable side was scraped; null where there is none that counts as present.</summary>
    public async Task<Fetched<DateTimeOffset?>> NewestAsync(MeasureSpec measure, Sides sides, DateTimeOffset at, CancellationToken cancellationToken) =>
        Series(await backend.QueryAsync(spec.Connection, $"max(timestamp({MeasureQueries.Presence(measure).With(sides.Stable)}))", at, cancellationToken))
            .Then(series => series.IsEmpty ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds((long)(series[0].Samples[^1].Value * 1000)));

    private async Task<Fetched<(SeriesTable Canary, SeriesTable Stable)>> TablesAsync(SeriesSelector selector, Sides sides, DateTimeOffset at, TimeSpan window, CancellationToken cancellationToken) =>
        (await PairAsync(selector, sides, at, window, cancellationToken)).Then(Counters).Then(pair => (Table(pair.Canary), Table(pair.Stable)));

    /// <summary>Both sides' requests and errors: in one request where the errors are a part of the requests.</summary>
    private async Task<(Fetched<(SeriesTable Canary, SeriesTable Stable)> Requests, Fetched<(SeriesTable Canary, SeriesTable Stable)> Errors)> PairsAsync(
        SeriesSelector requests, SeriesSelector errors, Sides sides, DateTimeOffset at, TimeSpan window, CancellationToken cancellationToken)
    {
        var part = SeriesPart.Of(requests, errors);
        var apart = part is null ? PairAsync(errors, sides, at, window, cancellationToken) : null;
        var all = await PairAsync(requests, sides, at, window, cancellationToken);
        var bad = all.Cause is null && part?.Among(all.Value.Canary) is { } canary && part.Among(all.Value.Stable) is { } stable
            ? new Fetched<(ImmutableArray<RawSeries> Canary, ImmutableArray<RawSeries> Stable)>((canary, stable), null, default)
            : all.Cause is not null && apart is null ? all
            : await (apart ?? PairAsync(errors, sides, at, window, cancellationToken));
        return (all.Then(Counters).Then(pair => (Table(pair.Canary), Table(pair.Stable))), bad.Then(Counters).Then(pair => (Table(pair.Canary), Table(pair.Stable))));
    }

    /// <summary>The canary's requests and errors: from the answer that another measure's both sides come from, where there is one.</summary>
    private async Task<Fetched<(SeriesTable Requests, SeriesTable Errors)>> CanaryAsync(MeasureSpec.Limit limit, Sides sides, DateTimeOffset at, TimeSpan window, CancellationToken cancellationToken)
    {
        var isPairAsked = spec.Measures.Any(measure => measure switch
        {
            MeasureSpec.ErrorRate errors => errors.Requests.ToString() == limit.Requests.ToString(),
            MeasureSpec.Traffic traffic => traffic.Requests.ToString() == limit.Requests.ToString(),
            _ => false,
        });
        if (!isPairAsked) return await OneSideAsync(limit.Requests, limit.Errors, sides.Canary, at, window, cancellationToken);
        var (all, bad) = await PairsAsync(limit.Requests, limit.Errors, sides, at, window, cancellationToken);
        return all.Then(requests => bad.Then(errors => (requests.Canary, errors.Canary)));
    }

    private async Task<Fetched<(SeriesTable Requests, SeriesTable Errors)>> OneSideAsync(
        SeriesSelector requests, SeriesSelector errors, ImmutableArray<LabelMatcher> side, DateTimeOffset at, TimeSpan window, CancellationToken cancellationToken)
    {
        var part = SeriesPart.Of(requests, errors);
        var apart = part is null ? SideAsync(errors, side, at, window, cancellationToken) : null;
        var all = await SideAsync(requests, side, at, window, cancellationToken);
        if (all.Cause is not null) return all.Then(_ => default((SeriesTable, SeriesTable)));
        var bad = part?.Among(all.Value) is { } found ? new Fetched<ImmutableArray<RawSeries>>(found, null, default) : await (apart ?? SideAsync(errors, side, at, window, cancellationToken));
        return bad.Then(some => Counters((all.Value, some))).Then(pair => (Table(pair.Canary), Table(pair.Stable)));
    }

    /// <summary>Classic buckets; where there are none on either side, native histograms as such.</summary>
    private async Task<Fetched<(SeriesTable Canary, SeriesTable Stable)>> BucketsAsync(MeasureSpec.Latency latency, Sides sides, DateTimeOffset at, TimeSpan window, CancellationToken cancellationToken)
    {
        var classic = await PairAsync(latency.Histogram.WithSuffix("_bucket"), sides, at, window, cancellationToken);
        if (classic.Cause is not null || !classic.Value.Canary.IsEmpty || !classic.Value.Stable.IsEmpty) return classic.Then(pair => (Table(pair.Canary), Table(pair.Stable)));
        var native = await PairAsync(latency.Histogram, sides, at, window, cancellationToken);
        return native.Then(pair => NativeHistograms.ToBuckets([.. pair.Canary.Where(IsNative)], [.. pair.Stable.Where(IsNative)], latency.Unit)).Then(pair => (Table(pair.Canary), Table(pair.Stable)));
    }

    private async Task<Fetched<(ImmutableArray<RawSeries> Canary, ImmutableArray<RawSeries> Stable)>> PairAsync(
        SeriesSelector selector, Sides sides, DateTimeOffset at, TimeSpan window, CancellationToken cancellationToken)
    {
        if (Joined(sides) is { } joined)
        {
            var both = await SideAsync(selector, joined.Matchers, at, window, cancellationToken);
            if (both.Cause is null && joined.Split(both.Value) is { } pair) return new Fetched<(ImmutableArray<RawSeries>, ImmutableArray<RawSeries>)>(pair, null, default);

            // What is too large for one answer may do in two.
            if (both.Cause is not null && both.Kind != ReplyFailure.TooLarge) return both.Then(_ => default((ImmutableArray<RawSeries>, ImmutableArray<RawSeries>)));
        }

        var (canary, stable) = (SideAsync(selector, sides.Canary, at, window, cancellationToken), SideAsync(selector, sides.Stable, at, window, cancellationToken));
        var (one, other) = (await canary, await stable);
        return one.Then(ours => other.Then(theirs => (ours, theirs)));
    }

    private async Task<Fetched<ImmutableArray<RawSeries>>> SideAsync(SeriesSelector selector, ImmutableArray<LabelMatcher> side, DateTimeOffset at, TimeSpan window, CancellationToken cancellationToken) =>
        Series(await RangeAsync(selector.With(side), at, window, cancellationToken));

    // The measures of a comparison have the same sides, but for how they are found.
    private JoinedSides? Joined(Sides sides)
    {
        if (!_joined.TryGetValue(sides.Rule, out var known) || known.Of != sides) _joined[sides.Rule] = known = (sides, JoinedSides.Of(sides));
        return known.Joined;
    }

    private Task<PrometheusReply> RangeAsync(SeriesSelector selector, DateTimeOffset at, TimeSpan window, CancellationToken cancellationToken)
    {
        // Ranges include their first instant in Prometheus 2 and not in 3: a second more is asked for, and counting cuts for itself.
        var milliseconds = (long)Math.Ceiling(window.TotalMilliseconds) + 1000;
        return OnceAsync(string.Create(CultureInfo.InvariantCulture, $"{selector}[{milliseconds}ms]"), at, query => backend.QueryAsync(spec.Connection, query, at, cancellationToken));
    }

    private async Task<Fetched<SeriesTable>> ValuesAsync(MeasureSpec.Series series, ImmutableArray<LabelMatcher> side, DateTimeOffset at, int intervals, CancellationToken cancellationToken)
    {
        var step = Windows.Step(spec.Interval);
        var query = MeasureQueries.Parse(series).With(side);
        var reply = await backend.QueryRangeAsync(spec.Connection, query, at - (intervals * spec.Interval) + step, at, step, mustBeWhole: true, cancellationToken);
        return Series(reply).Then(Table);
    }

    private Task<PrometheusReply> OnceAsync(string query, DateTimeOffset at, Func<string, ValueTask<PrometheusReply>> ask)
    {
        lock (_asked)
        {
            if (_askedAt != at) _asked.Clear();
            _askedAt = at;
            if (!_asked.TryGetValue(query, out var reply)) _asked[query] = reply = ask(query).AsTask();
            return reply;
        }
    }

    /// <summary>The sides without errors, by name.</summary>
    private static ImmutableArray<(string, ImmutableArray<LabelMatcher>)> Without(Sides sides, bool ofCanary, bool ofStable) =>
        [.. ofCanary ? [("canary", sides.Canary)] : Array.Empty<(string, ImmutableArray<LabelMatcher>)>(), .. ofStable ? [("stable", sides.Stable)] : Array.Empty<(string, ImmutableArray<LabelMatcher>)>()];

    private static Fetched<MeasureSeries> Past(Fetched<(SeriesTable Requests, SeriesTable Errors)> side, ImmutableHashSet<string> needed) =>
        side.Then(one => (MeasureSeries)new MeasureSeries.Errors(one.Requests, one.Errors, one.Requests, one.Errors) { Needed = needed });

    private static Fetched<(ImmutableArray<RawSeries> Canary, ImmutableArray<RawSeries> Stable)> Counters((ImmutableArray<RawSeries> Canary, ImmutableArray<RawSeries> Stable) pair) =>
        pair.Canary.Concat(pair.Stable).FirstOrDefault(IsNative) is { } native
            ? new Fetched<(ImmutableArray<RawSeries>, ImmutableArray<RawSeries>)>(default, $"{native.Label("__name__")} is a native histogram, not a counter: write the counter's name", ReplyFailure.Lasting)
            : new Fetched<(ImmutableArray<RawSeries>, ImmutableArray<RawSeries>)>(pair, null, default);

    private static bool IsNative(RawSeries series) => !series.Histograms.IsEmpty;

    private static Fetched<ImmutableArray<RawSeries>> Series(PrometheusReply reply) => reply switch
    {
        PrometheusReply.Answered answered => new Fetched<ImmutableArray<RawSeries>>(answered.Answer.Series, null, default),
        PrometheusReply.Failed failed => new Fetched<ImmutableArray<RawSeries>>([], failed.Cause, failed.Kind),
        _ => throw new ArgumentOutOfRangeException(nameof(reply)),
    };

    private SeriesTable Table(ImmutableArray<RawSeries> series) => SeriesTable.Of(series, spec.Target);
}
