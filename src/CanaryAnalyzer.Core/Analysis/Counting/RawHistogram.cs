using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>One sample of a native histogram.</summary>
/// <param name="At">When it was scraped, in milliseconds since 1970 (UTC).</param>
/// <param name="Count">All observations since the counting began; NaN marks the end of the series.</param>
/// <param name="Buckets">Its buckets that hold any, ascending.</param>
public sealed record RawHistogram(long At, double Count, ImmutableArray<RawBucket> Buckets);
