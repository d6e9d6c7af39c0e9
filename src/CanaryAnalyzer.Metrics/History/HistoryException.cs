namespace CanaryAnalyzer.Metrics.History;

/// <summary>History can't be read; the message, a sentence for people, says why.</summary>
public sealed class HistoryException(string message) : Exception(message);
