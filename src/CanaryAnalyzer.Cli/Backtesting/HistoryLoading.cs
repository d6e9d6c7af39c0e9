using System.Collections.Immutable;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Backtests.Histories;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Metrics.History;

namespace CanaryAnalyzer.Cli.Backtesting;

/// <summary>Counts history while it is read, so that no more than some stretches of samples are ever in memory.</summary>
internal sealed class HistoryLoading(IHistoryReader reader, BacktestSelectors what, BacktestOptions options, IBacktestProgress progress)
{
    private HistoryGrid? _grid;
    private ImmutableArray<MeasureCounter> _counters = [];

    /// <summary>Reads and counts.</summary>
    /// <exception cref="CliException">There are no samples.</exception>
    public async Task<CountedHistory> LoadAsync(CancellationToken cancellationToken)
    {
        var request = new HistoryRequest
        {
            Connection = options.Address is null ? what.Spec.Connection : what.Spec.Connection with { Address = options.Address },
            Selectors = what.All,
            From = options.From,
            To = options.To,
            CacheFolder = options.Cache,
            OnWait = cause => progress.Remark($"asking again for half a minute: {cause}"),
        };
        await foreach (var chunk in reader.ReadAsync(request, cancellationToken))
        {
            if (chunk.Done == 1) progress.Begin("reading history, in hours", chunk.Of);
            if (_grid is null) Begin(chunk);
            if (_grid is not null) Count(chunk);
            progress.Step(chunk.FromCache);
        }

        if (_grid is null)
            throw new CliException($"no series matches {string.Join(" or ", what.All.Take(2))} from {options.From:yyyy-MM-dd HH:mm} to {options.To:yyyy-MM-dd HH:mm} UTC: are the names right, are the pods those of --stable, and does Prometheus keep data for so long?");
        return new CountedHistory(_grid, [.. _counters.Select(counter => counter.Counts())]);
    }

    private void Begin(HistoryChunk chunk)
    {
        var distance = SeriesTable.Of(chunk.Series.SelectMany(series => series), what.Spec.Target).MedianDistance();
        if ((what.Spec.ScrapeInterval ?? (distance is { } known ? TimeSpan.FromMilliseconds(known) : null)) is not { } scrape) return;
        _grid = HistoryGrid.Of(options.From, options.To, what.Spec.Interval, scrape);
        _counters = [.. what.Spec.Measures.Select(measure => new MeasureCounter(_grid, KindOf(measure), what.Spec.Target, Needed(measure)) { Unit = UnitOf(measure) })];
    }

    private void Count(HistoryChunk chunk)
    {
        var at = 0;
        var parts = what.Selectors.Select(selectors => (First: at, Count: at += selectors.Length)).ToList();
        Parallel.For(0, _counters.Length, i =>
        {
            var (first, end) = parts[i];
            _counters[i].Add(chunk.To.ToUnixTimeMilliseconds(), chunk.Series[first], end - first > 1 ? chunk.Series[first + 1] : []);
        });
    }

    private static ImmutableHashSet<string> Needed(MeasureSpec measure) => measure switch
    {
        MeasureSpec.ErrorRate errors => errors.Errors.NeededOf(errors.Requests),
        MeasureSpec.Limit limit => limit.Errors.NeededOf(limit.Requests),
        _ => [],
    };

    private static LatencyUnit UnitOf(MeasureSpec measure) => measure is MeasureSpec.Latency latency ? latency.Unit : default;

    private static MeasureKind KindOf(MeasureSpec measure) => measure switch
    {
        MeasureSpec.Latency => MeasureKind.Latency,
        MeasureSpec.Limit => MeasureKind.Limit,
        _ => MeasureKind.ErrorRate,
    };
}
