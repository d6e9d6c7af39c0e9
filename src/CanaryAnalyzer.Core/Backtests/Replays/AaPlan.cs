using System.Collections.Immutable;
using CanaryAnalyzer.Core.Backtests.Histories;

namespace CanaryAnalyzer.Core.Backtests.Replays;

/// <summary>Which windows can be replayed with the stable version against itself.</summary>
public sealed record AaPlan
{
    /// <summary>The windows.</summary>
    public required ImmutableArray<AaWindow> Windows { get; init; }

    /// <summary>Windows left out because two versions ran in them.</summary>
    public required int WithTwoVersions { get; init; }

    /// <summary>Windows left out because fewer than two pods had counts.</summary>
    public required int WithTooFewPods { get; init; }

    /// <summary>Windows left out because at least half of their intervals have no counts.</summary>
    public required int WithHoles { get; init; }

    /// <summary>Tiles a history.</summary>
    /// <param name="history">The counts.</param>
    /// <param name="looks">Looks a window.</param>
    /// <param name="past">Intervals of history before each.</param>
    public static AaPlan Of(CountedHistory history, int looks, int past)
    {
        var windows = ImmutableArray.CreateBuilder<AaWindow>();
        var (two, few, holes) = (0, 0, 0);
        foreach (var window in ReplayWindow.Tile(history.FirstCounted, history.LastCounted, looks, past))
        {
            var tracks = history.Within(window.Start + 1, window.End).ToList();
            var counted = Enumerable.Range(window.Start + 1, looks).Count(index => tracks.Exists(track => !track.At(index).IsEmpty));
            ImmutableArray<string> pods = [.. tracks.Select(track => track.Pod).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            if (2 * counted < looks) holes++;
            else if (tracks.Select(track => track.Version).Distinct(StringComparer.Ordinal).Count() > 1) two++;
            else if (pods.Length < 2) few++;
            else windows.Add(new AaWindow(window, pods));
        }

        return new AaPlan { Windows = windows.ToImmutable(), WithTwoVersions = two, WithTooFewPods = few, WithHoles = holes };
    }

    /// <summary>At most so many of the windows, evenly spread.</summary>
    public ImmutableArray<AaWindow> Spread(int most) =>
        Windows.Length <= most ? Windows : [.. Enumerable.Range(0, most).Select(i => Windows[(int)((long)i * Windows.Length / most)])];
}
