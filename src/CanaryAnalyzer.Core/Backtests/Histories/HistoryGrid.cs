namespace CanaryAnalyzer.Core.Backtests.Histories;

/// <summary>The instants at which history is counted: those at which a comparison would have looked. All times in milliseconds since 1970 (UTC).</summary>
/// <param name="Start">The instant with index 0, a multiple of <paramref name="Interval"/>.</param>
/// <param name="Interval">Their distance.</param>
/// <param name="Scrape">Distance of the samples.</param>
/// <param name="Count">How many instants there are.</param>
public sealed record HistoryGrid(long Start, long Interval, long Scrape, int Count)
{
    private const long FiveMinutes = 300_000;

    /// <summary>The grid of a range.</summary>
    /// <param name="from">Beginning of the range.</param>
    /// <param name="to">Its end; the last instant lies on or before it.</param>
    /// <param name="interval">Distance of the instants.</param>
    /// <param name="scrape">Distance of the samples.</param>
    public static HistoryGrid Of(DateTimeOffset from, DateTimeOffset to, TimeSpan interval, TimeSpan scrape)
    {
        var step = (long)interval.TotalMilliseconds;
        var start = (from.ToUnixTimeMilliseconds() + step - 1) / step * step;
        return new HistoryGrid(start, step, (long)scrape.TotalMilliseconds, (int)Math.Max(0, ((to.ToUnixTimeMilliseconds() - start) / step) + 1));
    }

    /// <summary>How long before an interval samples still matter: enough to know which pods were there, and that they aren't new.</summary>
    public long Back => Math.Max(Math.Max(20 * Scrape, FiveMinutes), 2 * (Math.Max(Interval, Scrape) + (2 * Scrape)));

    /// <summary>An instant.</summary>
    public long At(int index) => Start + (index * Interval);

    /// <summary>An instant as a time.</summary>
    public DateTimeOffset TimeAt(int index) => DateTimeOffset.FromUnixTimeMilliseconds(At(index));

    /// <summary>Index of the first instant after a time.</summary>
    public int FirstAfter(long at) => at < Start ? 0 : (int)((at - Start) / Interval) + 1;
}
