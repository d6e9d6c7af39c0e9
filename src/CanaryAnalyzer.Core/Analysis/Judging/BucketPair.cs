using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>An interval of the stable side's two halves, as buckets.</summary>
/// <param name="A">The first half.</param>
/// <param name="B">The second half.</param>
internal sealed record BucketPair(ImmutableArray<long> A, ImmutableArray<long> B);
