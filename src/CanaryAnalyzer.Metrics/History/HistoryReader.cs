using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Metrics.Prometheus;

namespace CanaryAnalyzer.Metrics.History;

/// <inheritdoc/>
internal sealed class HistoryReader(PrometheusBackend backend, TimeProvider time) : IHistoryReader
{
    public async IAsyncEnumerable<HistoryChunk> ReadAsync(HistoryRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunks = Chunks(request.From, request.To).ToList();
        using var slots = new SemaphoreSlim(Math.Max(1, request.Concurrency));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = new Queue<Task<HistoryChunk>>();
        var cache = request.CacheFolder is { } folder ? new HistoryCache(folder) : null;
        var readers = request.Selectors.Select(selector => new ChunkReader(backend, time, cache, request, selector, slots)).ToList();
        try
        {
            for (var (started, done) = (0, 0); done < chunks.Count; done++)
            {
                // As many chunks are read ahead as requests may be under way; more would only fill the memory.
                while (started < chunks.Count && ahead.Count <= request.Concurrency)
                {
                    var (chunk, number) = (chunks[started], ++started);
                    ahead.Enqueue(ReadAsync(readers, chunk, number, chunks.Count, ending.Token));
                }

                yield return await ahead.Dequeue();
            }
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(ahead).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>Stretches that begin at whole hours, whatever range is asked for: so the next backtest finds them in the cache.</summary>
    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Chunks(DateTimeOffset from, DateTimeOffset to)
    {
        var length = HistoryRequest.LongestChunk;
        for (var start = new DateTimeOffset(from.Ticks / length.Ticks * length.Ticks, TimeSpan.Zero); start < to; start += length)
            yield return (start, start + length < to ? start + length : to);
    }

    private static async Task<HistoryChunk> ReadAsync(List<ChunkReader> readers, (DateTimeOffset From, DateTimeOffset To) chunk, int number, int of, CancellationToken cancellationToken)
    {
        var asked = readers.ConvertAll(reader => reader.ReadAsync(chunk.From, chunk.To, cancellationToken));
        var parts = await Task.WhenAll(asked);
        var series = ImmutableArray.CreateBuilder<ImmutableArray<RawSeries>>(parts.Length);
        foreach (var part in parts) series.Add(part.Series);
        return new HistoryChunk(chunk.From, chunk.To, series.MoveToImmutable(), Array.TrueForAll(parts, part => part.FromCache), number, of);
    }
}
