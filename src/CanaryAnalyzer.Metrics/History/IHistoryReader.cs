namespace CanaryAnalyzer.Metrics.History;

/// <summary>Reads the raw samples of a long range, stretch by stretch and in order.</summary>
public interface IHistoryReader
{
    /// <summary>Reads; what was read is kept in the cache even where the reading is broken off, so that the next one goes on there.</summary>
    /// <exception cref="HistoryException">Prometheus refuses, or doesn't answer in spite of several attempts.</exception>
    IAsyncEnumerable<HistoryChunk> ReadAsync(HistoryRequest request, CancellationToken cancellationToken);
}
