using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>
/// What canary and stable did within the same interval, for one measure. The stable side comes in two halves of its pods, whose difference shows how much noise there is
/// without any change; a single stable pod leaves one of them empty.
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

    /// <summary>
    /// The same counts apart by a label such as the route, where the measure asks for that; the counts above are then their sums. Evidence is summed over them, so that a
    /// canary that serves another mix of routes is not taken for a worse one. Empty where the measure isn't stratified.
    /// </summary>
    public ImmutableArray<MeasureCounts> Strata { get; init; } = [];

    /// <summary>Series: the mean of each pod in the interval; null for every other kind.</summary>
    public SeriesValues? Values { get; init; }

    /// <summary>Traffic: the share of requests that the canary should have got, in (0, 1); null for every other kind, and where no weight is known.</summary>
    public double? ExpectedShare { get; init; }
}
