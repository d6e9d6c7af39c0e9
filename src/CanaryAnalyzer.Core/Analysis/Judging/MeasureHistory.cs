using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>What the stable version did before there was a canary, for one measure; may be empty.</summary>
/// <param name="Intervals">The intervals, oldest first, as long as those that will be judged.</param>
/// <param name="BucketBounds">Upper bounds of the buckets in seconds, ascending, without +Inf; empty where errors are measured.</param>
public sealed record MeasureHistory(ImmutableArray<AaInterval> Intervals, ImmutableArray<double> BucketBounds)
{
    /// <summary>No history.</summary>
    public static MeasureHistory Empty { get; } = new([], []);

    /// <summary>Series: the means of each stable pod, an array a pod, oldest first and all of one length; empty for every other kind.</summary>
    public ImmutableArray<ImmutableArray<double>> Pods { get; init; } = [];
}
