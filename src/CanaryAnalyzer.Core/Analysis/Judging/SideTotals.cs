namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>One side's sums since the first look; for latency since the end of the warm-up.</summary>
/// <param name="Requests">Requests.</param>
/// <param name="Errors">Failed requests; for latency those slower than the measure's <see cref="MeasureReport.Bound"/>.</param>
public sealed record SideTotals(long Requests, long Errors)
{
    /// <summary>Nothing yet.</summary>
    public static SideTotals None { get; } = new(0, 0);

    /// <summary>The share of requests that failed or were slow; 0 without requests.</summary>
    public double Share => Requests > 0 ? (double)Errors / Requests : 0;

    /// <summary>With more of both.</summary>
    internal SideTotals Plus(long requests, long errors) => new(Requests + requests, Errors + errors);
}
