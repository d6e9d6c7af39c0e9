namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>An interval of the stable side's two halves, as buckets.</summary>
/// <param name="A">The first half.</param>
/// <param name="B">The second half.</param>
internal sealed record BucketPair(long[] A, long[] B);
