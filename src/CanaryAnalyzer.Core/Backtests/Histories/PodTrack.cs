using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Backtests.Histories;

/// <summary>
/// What one pod did for one measure, an entry an interval of the grid from the first that was counted to the last. An entry has the numbers of requests and errors,
/// or the requests a latency bucket; 4 bytes a number, as a week of a service has some ten million of them.
/// </summary>
public sealed class PodTrack
{
    private const int Missing = -1;
    private int[] _cells = [];

    internal PodTrack(string pod, string version, int first, ImmutableArray<double> bounds)
    {
        Pod = pod;
        Version = version;
        First = first;
        Bounds = bounds;
    }

    /// <summary>The pod, as counting names it.</summary>
    public string Pod { get; }

    /// <summary>The version that it belongs to: the pod template's hash, from the label or from the pod's name; empty where neither tells.</summary>
    public string Version { get; }

    /// <summary>Index of the interval's end that the first entry is about.</summary>
    public int First { get; }

    /// <summary>Number of entries.</summary>
    public int Length { get; private set; }

    /// <summary>Index after the last entry.</summary>
    public int End => First + Length;

    /// <summary>Upper bounds of the buckets in seconds, without +Inf; empty where errors are measured.</summary>
    public ImmutableArray<double> Bounds { get; }

    /// <summary>Numbers an entry: requests and errors, or one a bucket.</summary>
    public int Width => Bounds.IsEmpty ? 2 : Bounds.Length + 1;

    /// <summary>The entry of an interval; empty where nothing was counted.</summary>
    public ReadOnlySpan<int> At(int index)
    {
        if (index < First || index >= End) return [];
        var cells = _cells.AsSpan((index - First) * Width, Width);
        return cells[0] == Missing ? [] : cells;
    }

    /// <summary>Requests of an interval; 0 where nothing was counted.</summary>
    public long Requests(int index)
    {
        var cells = At(index);
        if (cells.IsEmpty || Bounds.IsEmpty) return cells.IsEmpty ? 0 : cells[0];
        long sum = 0;
        foreach (var cell in cells) sum += cell;
        return sum;
    }

    internal void Append(int index, SideCounts counts)
    {
        var at = index - First;
        if (at < Length) return;
        var needed = (at + 1) * Width;
        if (needed > _cells.Length) Array.Resize(ref _cells, Math.Max(needed, Math.Min(2 * _cells.Length, _cells.Length + (1024 * Width))));
        for (var i = Length; i < at; i++) _cells[i * Width] = Missing;
        Length = at + 1;
        var cells = _cells.AsSpan(at * Width, Width);
        if (Bounds.IsEmpty) (cells[0], cells[1]) = (Cut(counts.Requests), Cut(counts.Errors));
        else for (var b = 0; b < cells.Length; b++) cells[b] = Cut(counts.Buckets[b]);
    }

    private static int Cut(long count) => (int)Math.Clamp(count, 0, int.MaxValue);
}
