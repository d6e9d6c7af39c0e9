namespace CanaryAnalyzer.Core.Backtests.Replays;

/// <summary>The stretch of history that a replay goes through.</summary>
/// <param name="Start">Index of the instant at which the comparison would have begun; its first look is at the next one.</param>
/// <param name="Looks">How many looks there are.</param>
/// <param name="History">How many intervals before the start tell how noisy the service is.</param>
public sealed record ReplayWindow(int Start, int Looks, int History)
{
    /// <summary>Index of the first interval that is read.</summary>
    public int From => Start - History + 1;

    /// <summary>Index after the last interval.</summary>
    public int End => Start + Looks + 1;

    /// <summary>Windows that follow each other without overlap; each has all of its history within the range.</summary>
    /// <param name="first">The first interval with counts.</param>
    /// <param name="end">The one after the last.</param>
    /// <param name="looks">Looks a window.</param>
    /// <param name="history">Intervals of history before each.</param>
    public static IEnumerable<ReplayWindow> Tile(int first, int end, int looks, int history)
    {
        for (var start = first + history; start + looks + 1 <= end; start += looks) yield return new ReplayWindow(start, looks, history);
    }
}
