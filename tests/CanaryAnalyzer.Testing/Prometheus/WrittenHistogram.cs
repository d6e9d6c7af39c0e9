using System.Collections.Immutable;

namespace CanaryAnalyzer.Testing.Prometheus;

/// <summary>One sample of a native histogram to write.</summary>
/// <param name="At">Its time in milliseconds since 1970.</param>
/// <param name="Schema">How fine it is: boundaries are the powers of 2^(2^-schema).</param>
/// <param name="FirstIndex">The index of the first bucket: its upper boundary is that power.</param>
/// <param name="Counts">The observations of consecutive buckets.</param>
/// <param name="Zeros">Those in the zero bucket.</param>
public sealed record WrittenHistogram(long At, int Schema, int FirstIndex, ImmutableArray<long> Counts, long Zeros = 0);
