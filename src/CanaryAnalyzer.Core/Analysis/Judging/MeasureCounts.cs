using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>
/// What canary and stable did within the same interval, for one measure. The stable side comes in two halves (its pods, split by a fixed
/// hash), whose difference shows how much noise there is without any change; a single stable pod leaves the second half empty.
/// </summary>
/// <param name="Canary">The canary's counts.</param>
/// <param name="StableA">The first half of the stable pods.</param>
/// <param name="StableB">The second half of the stable pods.</param>
public sealed record MeasureCounts(SideCounts Canary, SideCounts StableA, SideCounts StableB)
{
    /// <summary>
    /// Upper bounds of the buckets in seconds, ascending, without +Inf (one fewer than there are buckets); empty where errors are measured.
    /// The first bounds that a judge sees stay: later ones are merged into them if they contain them, else that look counts as one without data.
    /// </summary>
    public ImmutableArray<double> BucketBounds { get; init; } = [];

    /// <summary>How long the interval was; null: as long as <see cref="JudgeOptions.Interval"/>. Longer where a missed look was merged into it.</summary>
    public TimeSpan? Span { get; init; }
}
