using CanaryAnalyzer.Core.Analysis.Judging.Measures;

namespace CanaryAnalyzer.Core.Analysis.Judging.Traffic;

/// <summary>Requests of a stretch of time under one weight.</summary>
/// <param name="Canary">The canary's.</param>
/// <param name="Total">All.</param>
/// <param name="Start">Where it begins, in seconds since the start of the run.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct TrafficSegment(long Canary, long Total, long Start, long End)
{
    /// <summary>The canary's share of the requests; 0 without any.</summary>
    public double Share => Total > 0 ? (double)Canary / Total : 0;

    /// <summary>Its length.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(End - Start);

    /// <summary>With an interval more.</summary>
    public TrafficSegment Plus(long canary, long total, LookTime time) =>
        new(Canary + canary, Total + total, Total > 0 ? Start : (long)Math.Floor(time.From.TotalSeconds), (long)Math.Ceiling(time.To.TotalSeconds));
}
