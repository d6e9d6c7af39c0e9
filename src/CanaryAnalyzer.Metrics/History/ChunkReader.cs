using System.Collections.Immutable;
using System.Globalization;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Templates.Selectors;
using CanaryAnalyzer.Metrics.Prometheus;

namespace CanaryAnalyzer.Metrics.History;

/// <summary>Reads one selector's stretches: from the cache, else from Prometheus, in halves where a whole is too much for it.</summary>
internal sealed class ChunkReader(PrometheusBackend backend, TimeProvider time, HistoryCache? cache, HistoryRequest request, SeriesSelector selector, SemaphoreSlim slots)
{
    /// <summary>How often a stretch is halved at most: to less than two minutes.</summary>
    private const int MostHalvings = 5;

    /// <summary>How often a passing failure is met with another attempt: for half a minute, answers apart.</summary>
    private const int MostAttempts = 6;

    /// <summary>Samples may come late, and rules even later; what is younger isn't kept.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(10);

    // What was too large once will be again: later stretches are halved at once.
    private volatile int _halvings;

    public Task<(ImmutableArray<RawSeries> Series, bool FromCache)> ReadAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        ReadAsync(from, to, 0, cancellationToken);

    private async Task<(ImmutableArray<RawSeries> Series, bool FromCache)> ReadAsync(DateTimeOffset from, DateTimeOffset to, int halved, CancellationToken cancellationToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"{selector}[{(long)(to - from).TotalMilliseconds}ms]");
        var key = HistoryKey.Of(request.Connection, query, to);
        if (cache is not null && await cache.TryReadAsync(key, cancellationToken) is { } known) return (known, true);
        if (halved < _halvings) return await HalvesAsync(from, to, halved, cancellationToken);

        var reply = await AskAsync(query, to, cancellationToken);
        if (reply is PrometheusReply.Answered { Answer: var answer })
        {
            if (answer.HasNativeHistograms && answer.Series.All(one => one.Samples.IsEmpty))
                throw new HistoryException($"The series of {selector} are native histograms, which a backtest can't replay yet: expose classic buckets too");
            var series = Within(answer.Series, from, to);

            // A range without series isn't kept: it may be filled later.
            if (cache is not null && !series.IsEmpty && to <= time.GetUtcNow() - Settled) await cache.WriteAsync(key, series, cancellationToken);
            return (series, false);
        }

        // Prometheus has no code of its own for a query that loads too many samples (422): what it refuses for good it refuses in halves, too.
        var failed = (PrometheusReply.Failed)reply;
        if (failed.Kind == ReplyFailure.Passing || halved >= MostHalvings) throw new HistoryException(failed.Cause);
        _halvings = Math.Max(_halvings, halved + 1);
        return await HalvesAsync(from, to, halved, cancellationToken);
    }

    private async Task<(ImmutableArray<RawSeries> Series, bool FromCache)> HalvesAsync(DateTimeOffset from, DateTimeOffset to, int halved, CancellationToken cancellationToken)
    {
        var middle = from + ((to - from) / 2);
        middle = new DateTimeOffset(middle.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
        var (first, wasKept) = await ReadAsync(from, middle, halved + 1, cancellationToken);
        var (second, wasKeptToo) = await ReadAsync(middle, to, halved + 1, cancellationToken);
        return ([.. first, .. second], wasKept && wasKeptToo);
    }

    private async Task<PrometheusReply> AskAsync(string query, DateTimeOffset at, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            PrometheusReply reply;
            await slots.WaitAsync(cancellationToken);
            try
            {
                reply = await backend.QueryAsync(request.Connection, query, at, cancellationToken);
            }
            finally
            {
                slots.Release();
            }

            if (reply is not PrometheusReply.Failed { Kind: ReplyFailure.Passing, Cause: var cause, RetryAt: var retryAt } || attempt >= MostAttempts) return reply;
            request.OnWait?.Invoke(cause);
            var pause = TimeSpan.FromSeconds(1 << (attempt - 1));
            var asked = retryAt - time.GetUtcNow() ?? TimeSpan.Zero;
            await Task.Delay(asked > pause ? asked : pause, time, cancellationToken);
        }
    }

    /// <summary>The samples after a stretch's beginning: ranges include it in Prometheus 2 and not in 3.</summary>
    private static ImmutableArray<RawSeries> Within(ImmutableArray<RawSeries> all, DateTimeOffset from, DateTimeOffset to)
    {
        var (after, until) = (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        return
        [
            .. all.Select(series => series.Samples is [var first, ..] && first.At > after && series.Samples[^1].At <= until
                    ? series
                    : series with { Samples = [.. series.Samples.Where(sample => sample.At > after && sample.At <= until)] })
                .Where(series => series.Samples.Length > 0),
        ];
    }
}
