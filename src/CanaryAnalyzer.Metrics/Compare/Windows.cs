using CanaryAnalyzer.Core.Analysis.Counting;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>How much time a look reads.</summary>
internal static class Windows
{
    private static readonly TimeSpan UsualBack = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(15);

    /// <summary>The distance at which a query's values are taken: the interval, or a whole part of it that is no longer than most scrape intervals.</summary>
    public static TimeSpan Step(TimeSpan interval) => interval / Math.Ceiling(interval / LongestStep);

    /// <summary>The facts for counting one measure at an instant.</summary>
    public static LookWindow Of(ComparePlan plan, CompareMemory memory, int measure, DateTimeOffset at) => new()
    {
        At = at.ToUnixTimeMilliseconds(),
        Interval = (long)plan.Spec.Interval.TotalMilliseconds,
        ScrapeInterval = memory.Scrape ?? (long)plan.Wait(null).TotalMilliseconds,
        Accepted = memory.Accepted[measure],
        SlowFrom = memory.SlowFrom(measure),
        Halves = StableHalves.Read(memory.Halves),
        Cuts = [.. plan.Request.Cuts.Select(cut => cut.ToUnixTimeMilliseconds())],
    };

    /// <summary>What a look must read: the time since the last instant that counted, and enough before it (<paramref name="back"/>) to know which targets were there.</summary>
    public static TimeSpan OfLook(ComparePlan plan, CompareMemory memory, int measure, DateTimeOffset at, TimeSpan back)
    {
        var window = Of(plan, memory, measure, at);
        var span = window.Accepted is { } from ? Math.Min(window.At - from, 2 * Math.Max(window.Interval, window.ScrapeInterval)) : 0;
        return TimeSpan.FromMilliseconds(span) + back;
    }

    /// <summary>
    /// The time before an interval in which a target's samples show that it isn't new. One that was away for longer and comes back would count from 0; one that is read
    /// for longer costs more samples. Four scrapes are needed to know that targets were scraped at all.
    /// </summary>
    public static TimeSpan Back(CompareMemory memory) => TimeSpan.FromMilliseconds(Math.Max(UsualBack.TotalMilliseconds, 4 * memory.Scrape ?? 0));

    /// <summary>The same where that is more than a Prometheus reads at once: twenty scrapes at most.</summary>
    public static TimeSpan ShortBack(ComparePlan plan, CompareMemory memory) => 20 * plan.Wait(memory.Scrape) is var twenty && twenty < Back(memory) ? twenty : Back(memory);
}
