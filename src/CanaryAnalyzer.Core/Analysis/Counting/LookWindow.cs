using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>The facts around one look; all times in milliseconds.</summary>
public sealed record LookWindow
{
    /// <summary>The instant of the grid that is looked at.</summary>
    public required long At { get; init; }

    /// <summary>Distance of the looks.</summary>
    public required long Interval { get; init; }

    /// <summary>Distance of the samples.</summary>
    public required long ScrapeInterval { get; init; }

    /// <summary>The last instant at which both sides had samples; null before the first.</summary>
    public long? Accepted { get; init; }

    /// <summary>Instants at which weights or pods changed, ascending.</summary>
    public ImmutableArray<long> Cuts { get; init; } = [];

    /// <summary>
    /// Whether it is known that targets were scraped for a while before the time that is counted: only then is one without an older sample new, else it may be that nobody
    /// has scraped it. Null: the measure's own series tell.
    /// </summary>
    public bool? SeesNew { get; init; }

    /// <summary>Latency: a bucket's upper bound in seconds; each target's requests above it are told. Null: targets are not told one by one.</summary>
    public double? SlowFrom { get; init; }

    /// <summary>The halves in which the stable side's targets were counted before; those that are first seen are placed by this look.</summary>
    public StableHalves Halves { get; init; } = StableHalves.None;
}
