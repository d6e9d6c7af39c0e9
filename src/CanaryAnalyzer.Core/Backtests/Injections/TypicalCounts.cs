using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging.Histograms;
using CanaryAnalyzer.Core.Backtests.Histories;
using CanaryAnalyzer.Core.Backtests.Results;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Backtests.Injections;

/// <summary>One measure's counts over a stretch of history, all pods together.</summary>
/// <param name="Bounds">Upper bounds of the buckets; empty where errors are measured.</param>
/// <param name="Cells">Requests and errors, or requests a bucket.</param>
public sealed record TypicalCounts(ImmutableArray<double> Bounds, ImmutableArray<long> Cells)
{
    /// <summary>Requests.</summary>
    public long Total => Bounds.IsEmpty ? Cells[0] : Cells.Sum();

    /// <summary>Share of failed requests; 0 for latency.</summary>
    public double ErrorShare => Bounds.IsEmpty && Cells[0] > 0 ? (double)Cells[1] / Cells[0] : 0;

    /// <summary>Shares of the buckets; empty for errors.</summary>
    public double[] Shares => Bounds.IsEmpty ? [] : [.. Cells.Select(cell => cell / Math.Max(1.0, Total))];

    /// <summary>A quantile of the latency in seconds; NaN for errors and without requests.</summary>
    public double Quantile(double q) => Bounds.IsEmpty ? double.NaN : HistogramQuantile.Of(Bounds.AsSpan(), Cells.AsSpan(), q);

    /// <summary>What a measure's bounds come to; empty for errors and without requests.</summary>
    /// <param name="asked">The bounds that it asks for, in seconds.</param>
    public ImmutableArray<BoundFigures> Figures(ImmutableArray<double> asked)
    {
        if (Bounds.IsEmpty || Total == 0) return [];
        var shares = Shares;
        return [.. asked.Select(bound => Buckets.IndexFor(Bounds, bound) is >= 0 and var index ? new BoundFigures(bound, Bounds[index], shares[(index + 1)..].Sum()) : new BoundFigures(bound, null, null))];
    }

    /// <summary>Adds up a measure's tracks. Of histograms with several sets of bounds that one counts which most pods have.</summary>
    /// <param name="measure">The measure's history.</param>
    /// <param name="from">The first interval.</param>
    /// <param name="end">The one after the last.</param>
    public static TypicalCounts Of(MeasureHistoryCounts measure, int from, int end)
    {
        var tracks = measure.Tracks.Where(track => track.First < end && track.End > from)
            .GroupBy(track => string.Join(' ', track.Bounds)).OrderByDescending(group => group.Count()).FirstOrDefault()?.ToList() ?? [];
        if (tracks.Count == 0) return new TypicalCounts([], [0, 0]);
        var cells = new long[tracks[0].Width];
        foreach (var track in tracks)
        {
            for (var index = Math.Max(from, track.First); index < Math.Min(end, track.End); index++)
            {
                var at = track.At(index);
                for (var c = 0; c < at.Length; c++) cells[c] += at[c];
            }
        }

        return new TypicalCounts(tracks[0].Bounds, [.. cells]);
    }
}
