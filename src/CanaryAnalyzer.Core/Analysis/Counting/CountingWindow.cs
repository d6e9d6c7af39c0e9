namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>An interval to count in, from an instant on (without it) to another (with it); all in milliseconds.</summary>
/// <param name="From">The instant before; counters' values then are the baseline.</param>
/// <param name="To">The instant at the end.</param>
/// <param name="MaxAge">How old a sample may be to count as a counter's value at an instant: two scrape intervals.</param>
/// <param name="NotBefore">Samples up to here are no baseline, as what happened since can't be attributed; the smallest number where all are.</param>
public readonly record struct CountingWindow(long From, long To, long MaxAge, long NotBefore = long.MinValue)
{
    /// <inheritdoc cref="LookWindow.SeesNew"/>
    public bool SeesNew { get; init; }

    /// <inheritdoc cref="LookWindow.SlowFrom"/>
    public double? SlowFrom { get; init; }

    /// <inheritdoc cref="LookWindow.Halves"/>
    public StableHalves? Halves { get; init; }

    /// <summary>Whether a target of the stable side is counted in the second half.</summary>
    public bool IsSecond(string target) => (Halves ?? StableHalves.None).IsSecond(target);
}
