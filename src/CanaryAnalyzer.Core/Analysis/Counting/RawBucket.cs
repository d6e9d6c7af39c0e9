namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>One bucket of a native histogram's sample.</summary>
/// <param name="Left">Its lower boundary.</param>
/// <param name="Right">Its upper boundary.</param>
/// <param name="Count">The observations in it alone.</param>
public readonly record struct RawBucket(double Left, double Right, double Count);
