using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Backtests.Histories;

/// <summary>A service's history in counts: what everything else in a backtest rests on.</summary>
/// <param name="Grid">The instants.</param>
/// <param name="Measures">The measures, in the order of the judge's options.</param>
public sealed record CountedHistory(HistoryGrid Grid, ImmutableArray<MeasureHistoryCounts> Measures)
{
    /// <summary>All pods' tracks of all measures.</summary>
    public IEnumerable<PodTrack> Tracks => Measures.SelectMany(measure => measure.Tracks);

    /// <summary>Index of the first interval with counts; the number of instants where there is none.</summary>
    public int FirstCounted => Tracks.Select(track => track.First).DefaultIfEmpty(Grid.Count).Min();

    /// <summary>Index after the last interval with counts; 0 where there is none.</summary>
    public int LastCounted => Tracks.Select(track => track.End).DefaultIfEmpty(0).Max();

    /// <summary>The tracks that overlap a stretch of intervals.</summary>
    /// <param name="from">Its first interval.</param>
    /// <param name="end">The one after its last.</param>
    public IEnumerable<PodTrack> Within(int from, int end) => Tracks.Where(track => track.First < end && track.End > from);
}
