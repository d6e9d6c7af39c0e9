namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>How many requests each target of the stable side had within an interval, as far as it takes to divide them into halves.</summary>
internal static class StableTraffic
{
    /// <summary>The halves in which an interval is counted.</summary>
    /// <param name="before">Those of the intervals before.</param>
    /// <param name="stable">The stable side's series of requests, or buckets.</param>
    /// <param name="window">The interval.</param>
    public static StableHalves Halves(StableHalves before, SeriesTable stable, CountingWindow window)
    {
        var seen = stable.Seen(window.From, window.To).ToList();
        return seen.Count > StableHalves.MaxRemembered ? before : before.With(seen.ConvertAll(target => (target, Requests(stable.Targets[target], window))));
    }

    private static double Requests(TargetSeries target, CountingWindow window)
    {
        string? job = null;
        var sum = 0.0;
        foreach (var series in target.Counting(window, ref job))
        {
            // Of a histogram the last bucket counts all.
            if (series.Label("le") is "" or "+Inf" or "Inf" && CounterIncrease.BaselineAt(series.Samples, window) >= 0) sum += CounterIncrease.Within(series.Samples, window, []);
        }

        return sum is >= 0 and < SeriesChecks.LargestCount ? Math.Round(sum) : 0;
    }
}
