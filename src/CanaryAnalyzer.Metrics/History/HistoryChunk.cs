using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;

namespace CanaryAnalyzer.Metrics.History;

/// <summary>The samples of a stretch of time.</summary>
/// <param name="From">Its beginning, which is not part of it.</param>
/// <param name="To">Its end, which is.</param>
/// <param name="Series">For each selector its series.</param>
/// <param name="FromCache">Whether nothing had to be asked for.</param>
/// <param name="Done">How many stretches of the range have come, this one among them.</param>
/// <param name="Of">How many there are.</param>
public sealed record HistoryChunk(DateTimeOffset From, DateTimeOffset To, ImmutableArray<ImmutableArray<RawSeries>> Series, bool FromCache, int Done, int Of);
